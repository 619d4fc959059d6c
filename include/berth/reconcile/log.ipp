#pragma once

/// \file
/// The bodies of `berth/reconcile/log.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/exposition.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/time.hpp>
#include <berth/reconcile/log.hpp>

#include <algorithm>

namespace berth::reconcile::detail {

/// A time as RFC 3339 has it, in microseconds.
inline auto date_of(time_point t) -> std::string { return object::micro_timestamp(t).to_string(); }

inline auto append_logfmt(std::string& to, std::string_view name, std::string_view value) -> void {
    if (!to.empty()) to += ' ';
    to.append(name) += '=';
    auto const plain = [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != '"' && c != '=' && c != '\\' && c != 0x7f;
    };
    if (!value.empty() && std::all_of(value.begin(), value.end(), plain)) to += value;
    else object::append_json_string(to, value);
}

inline auto append_json_member(std::string& to, std::string_view name, std::string_view value) -> void {
    to += to.empty() ? '{' : ',';
    object::append_json_string(to, name);
    to += ':';
    object::append_json_string(to, value);
}

/// Calls `add(name, value)` for all there is in an entry.
template <class Add> auto each_member(log_entry const& e, Add&& add) -> void {
    add("ts", std::string_view(date_of(e.at)));
    add("level", to_string(e.level));
    add("msg", std::string_view(e.message));
    for (auto const& [name, value] : e.fields) add(name, std::string_view(value));
}

inline auto level_of(look_outcome e) -> log_level {
    switch (e) {
    case look_outcome::failed:
    case look_outcome::gave_up:
    case look_outcome::mistake: return log_level::error;
    case look_outcome::unclear: return log_level::warning;
    case look_outcome::carried_out:
    case look_outcome::cut:
    case look_outcome::conflict:
    case look_outcome::put_off: return log_level::info;
    case look_outcome::nothing_to_do:
    case look_outcome::held_back:
    case look_outcome::not_leading: return log_level::debug;
    }
    return log_level::info;
}

} // namespace berth::reconcile::detail

namespace berth::reconcile {

BERTH_DECL auto to_string(log_level l) -> std::string_view {
    constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(l)];
}

BERTH_DECL auto to_logfmt(log_entry const& e) -> std::string {
    auto out = std::string();
    detail::each_member(
        e, [&](std::string_view name, std::string_view value) { detail::append_logfmt(out, name, value); });
    return out;
}

BERTH_DECL auto to_json(log_entry const& e) -> std::string {
    auto out = std::string();
    detail::each_member(e, [&](std::string_view name, std::string_view value) {
        detail::append_json_member(out, name, value);
    });
    return out += '}';
}

BERTH_DECL auto entry_of(std::string_view controller, look const& l) -> log_entry {
    auto out = log_entry{l.at, detail::level_of(l.end), std::string(to_string(l.end)), {}};
    out.fields = {{"controller", std::string(controller)},
                  {"namespace", l.where.namespace_},
                  {"name", l.where.name},
                  {"duration", seconds_text(l.took)},
                  {"causes", l.why.to_string()}};
    auto const done = std::count_if(l.steps.begin(), l.steps.end(),
                                    [](step_report const& s) { return s.outcome == step_outcome::done; });
    if (!l.steps.empty())
        out.fields.emplace_back("steps", std::to_string(done) + "/" + std::to_string(l.steps.size()));
    if (!l.reason.empty()) out.fields.emplace_back("error", l.reason);
    if (l.next) out.fields.emplace_back("next", seconds_text(*l.next - l.at));
    return out;
}

} // namespace berth::reconcile

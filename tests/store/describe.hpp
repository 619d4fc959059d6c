#pragma once

/// \file
/// Requests and answers as text, for the messages of tests that draw them.

#include "store/calls.hpp"

#include <berth/store/watch.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace berth::tests {

/// Bytes with what is not printable as `\xNN`, in quotation marks.
[[nodiscard]] inline auto in_quotes(std::string_view bytes) -> std::string {
    constexpr auto digits = std::string_view{"0123456789abcdef"};
    auto out = std::string{"\""};
    for (auto const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) out += c;
        else out.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
    }
    return out + '"';
}

namespace detail {

struct describer {
    auto number(std::string_view name, std::int64_t n) -> void {
        if (n != 0) text.append(" ").append(name).append("=").append(std::to_string(n));
    }
    auto flag(std::string_view name, bool on) -> void {
        if (on) text.append(" ").append(name);
    }
    auto keys(std::string_view key, std::string_view end) -> void {
        text.append(" ").append(in_quotes(key));
        if (!end.empty()) text.append("..").append(in_quotes(end));
    }

    auto operator()(store::range_request const& r) -> void {
        text += "range";
        keys(r.key, r.range_end);
        number("revision", r.revision);
        number("limit", r.limit);
        flag("keys_only", r.keys_only);
        flag("count_only", r.count_only);
        number("sort_by", static_cast<int>(r.sort_by));
        number("order", static_cast<int>(r.order));
    }
    auto operator()(text_put const& p) -> void {
        text += "put";
        keys(p.key, {});
        text.append(" = ").append(in_quotes(p.value));
        number("lease", p.lease);
        flag("want_previous", p.want_previous);
        flag("ignore_value", p.ignore_value);
        flag("ignore_lease", p.ignore_lease);
    }
    auto operator()(store::erase_request const& e) -> void {
        text += "erase";
        keys(e.key, e.range_end);
        flag("want_previous", e.want_previous);
    }
    auto operator()(store::compare<std::string> const& c) -> void {
        constexpr std::string_view targets[] = {"version", "create", "mod", "value", "lease"};
        constexpr std::string_view signs[] = {" == ", " > ", " < ", " != "};
        text += targets[static_cast<std::size_t>(c.target)];
        keys(c.key, c.range_end);
        text += signs[static_cast<std::size_t>(c.is)];
        text += c.target == store::compare_target::value ? in_quotes(c.value) : std::to_string(c.number);
    }
    auto operator()(text_txn const& t) -> void {
        auto const list = [&](std::string_view name, auto const& steps) {
            text.append(name).append("[");
            for (auto const& step : steps) {
                if (&step != &steps.front()) text += "; ";
                if constexpr (requires { step.request; }) std::visit(*this, step.request);
                else (*this)(step);
            }
            text += "]";
        };
        list("txn when", t.when);
        list(" then", t.then);
        list(" otherwise", t.otherwise);
    }
    auto operator()(store::lease_request const& q) -> void {
        text.append("grant ").append(std::to_string(q.id));
        number("ttl", q.ttl);
    }
    auto operator()(keep_alive_call c) -> void { text += "keep_alive " + std::to_string(c.id); }
    auto operator()(revoke_call c) -> void { text += "revoke " + std::to_string(c.id); }
    auto operator()(time_to_live_call c) -> void {
        text += "time_to_live " + std::to_string(c.id);
        flag("with_keys", c.with_keys);
    }
    auto operator()(leases_call /*c*/) -> void { text += "leases"; }
    auto operator()(revision_call /*c*/) -> void { text += "revision"; }
    auto operator()(compact_call c) -> void { text += "compact " + std::to_string(c.at); }

    auto pair(store::key_value<std::string> const& kv) -> void {
        if (!kv) return void(text += " -");
        text.append(" ").append(in_quotes(kv.key())).append("=").append(in_quotes(kv.value()));
        text.append("@").append(std::to_string(kv.create_revision()));
        text.append("/").append(std::to_string(kv.mod_revision()));
        text.append("v").append(std::to_string(kv.version()));
        number("lease", kv.lease());
    }
    auto operator()(std::monostate /*nothing*/) -> void { text += "done"; }
    auto operator()(store::range_reply<std::string> const& r) -> void {
        text += "range";
        number("count", r.count);
        flag("more", r.more);
        number("revision", r.revision);
        for (auto const& kv : r.kvs) pair(kv);
    }
    auto operator()(store::put_reply<std::string> const& r) -> void {
        text += "put";
        number("revision", r.revision);
        pair(r.previous);
    }
    auto operator()(store::erase_reply<std::string> const& r) -> void {
        text += "erase";
        number("deleted", r.deleted);
        number("revision", r.revision);
        for (auto const& kv : r.previous) pair(kv);
    }
    auto operator()(store::txn_reply<std::string> const& r) -> void {
        text += r.succeeded ? "txn then" : "txn otherwise";
        number("revision", r.revision);
        text += " [";
        for (auto const& reply : r.replies) {
            std::visit(*this, reply.reply);
            text += "; ";
        }
        text += "]";
    }
    auto operator()(store::lease_grant const& g) -> void {
        text += "lease " + std::to_string(g.id);
        number("ttl", g.ttl);
    }
    auto operator()(store::revision_number n) -> void { text += "revision " + std::to_string(n); }
    auto operator()(store::lease_status const& s) -> void {
        text += "lease " + std::to_string(s.id);
        number("granted", s.granted_ttl);
        number("ttl", s.ttl);
        for (auto const& key : s.keys) keys(key, {});
    }
    auto operator()(std::vector<store::lease_id> const& ids) -> void {
        text += "leases";
        for (auto const id : ids) text += " " + std::to_string(id);
    }
    auto operator()(store::watch_request const& w) -> void {
        text += "watch";
        keys(w.key, w.range_end);
        number("start", w.start);
        flag("want_previous", w.want_previous);
        flag("skip_puts", w.skip_puts);
        flag("skip_deletes", w.skip_deletes);
    }
    auto operator()(store::event<std::string> const& e) -> void {
        text += e.type == store::event_type::put ? " put" : " erase";
        pair(e.kv);
        text += " before:";
        pair(e.previous);
    }

    std::string text{};
};

} // namespace detail

[[nodiscard]] inline auto describe(request const& r) -> std::string {
    auto out = detail::describer{};
    std::visit([&](auto const& one) { out(one); }, r);
    return out.text;
}
[[nodiscard]] inline auto describe(store::watch_request const& w) -> std::string {
    auto out = detail::describer{};
    out(w);
    return out.text;
}
[[nodiscard]] inline auto describe(std::vector<store::event<std::string>> const& events) -> std::string {
    auto out = detail::describer{};
    for (auto const& e : events) out(e);
    return out.text;
}
[[nodiscard]] inline auto describe(result<answer> const& a) -> std::string {
    if (!a) return "error " + std::to_string(static_cast<int>(a.error().code)) + ": " + a.error().message;
    auto out = detail::describer{};
    std::visit([&](auto const& one) { out(one); }, *a);
    return out.text;
}

} // namespace berth::tests

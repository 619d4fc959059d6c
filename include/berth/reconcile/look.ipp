#pragma once

/// \file
/// The bodies of `berth/reconcile/look.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/exposition.hpp>
#include <berth/reconcile/look.hpp>

namespace berth::reconcile::detail {

/// `pods default/web-1 at revision 7`
inline auto words_of(own_write const& w) -> std::string {
    if (w.what.resource == nullptr) return {};
    auto const where = w.what.where.name.empty() ? std::string() : ' ' + w.what.where.to_string();
    return std::string(w.what.resource->plural) + where +
           (w.removed ? " to go" : " at revision " + std::to_string(w.rev));
}

inline auto add_waits(std::string& to, std::vector<own_write> const& waits) -> void {
    for (auto const& w : waits) to += "  waits to see " + words_of(w) + '\n';
}

} // namespace berth::reconcile::detail

namespace berth::reconcile {

BERTH_DECL auto to_string(look_outcome e) -> std::string_view {
    constexpr std::string_view names[] = {"nothing to do", "carried out", "cut",        "conflict",
                                          "put off",       "failed",      "gave up",    "mistake",
                                          "held back",     "unclear",     "not leading"};
    return names[static_cast<std::size_t>(e)];
}

BERTH_DECL auto look::to_string() const -> std::string {
    auto out = where.to_string() + ": " + std::string(reconcile::to_string(end));
    if (!reason.empty()) out += ": " + reason;
    out += "\n  because: " + (why.empty() ? "nothing is known" : why.to_string()) + '\n';
    for (auto const& o : why.what) out += "    " + o.to_string() + '\n';
    if (why.more != 0) out += "    and " + std::to_string(why.more) + " more\n";
    for (auto const& s : steps) {
        out += "  " + std::string(reconcile::to_string(s.outcome)) + ": " + s.step;
        if (!s.error.empty()) out += ": " + s.error;
        out += '\n';
    }
    detail::add_waits(out, waits_for);
    if (next) out += "  looks again in " + seconds_text(*next - at) + " s\n";
    return out;
}

BERTH_DECL auto key_status::to_string() const -> std::string {
    auto out = std::string();
    if (!synced) out += "the caches have not seen everything yet\n";
    if (queue.processing) out += "it is being looked at\n";
    if (queue.waiting || queue.again) out += "it waits for its turn\n";
    if (!waits_for.empty()) out += "it is held back until the caches show its own writes\n";
    detail::add_waits(out, waits_for);
    if (queue.due) {
        out += queue.failures == 0 ? "it waits for its time" : "it backs off";
        if (last) out += ", until " + seconds_text(*queue.due - last->at) + " s after its last look";
        out += '\n';
    }
    if (queue.failures != 0) out += "it has failed " + std::to_string(queue.failures) + " times in a row\n";
    for (auto const& f : failures) out += "  " + reconcile::to_string(f.what) + ": " + f.why.message + '\n';
    if (out.empty())
        out = last ? "nothing has happened to it since its last look\n" : "nobody has asked for it\n";
    if (last) out += "its last look: " + last->to_string();
    return out;
}

} // namespace berth::reconcile

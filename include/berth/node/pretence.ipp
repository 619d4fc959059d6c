#pragma once

/// \file
/// The bodies of `berth/node/pretence.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/node/pretence.hpp>
#include <berth/object/detail/go_duration.hpp>

#include <charconv>
#include <string>

namespace berth::node::detail {

/// What a pod's annotations say of a container; empty if nothing.
inline auto said_of(kube::pod const& p, kube::container const& c, bool init, std::string_view what)
    -> std::string_view {
    auto key = std::string(pretence_prefix).append(what);
    if (auto const* const one = p.metadata.annotations.find(key + "." + c.name)) return *one;
    if (init) return {};
    auto const* const all = p.metadata.annotations.find(key);
    return all == nullptr ? std::string_view() : std::string_view(*all);
}

inline auto amount_said_of(kube::pod const& p, kube::container const& c, std::string_view what)
    -> std::optional<object::quantity> {
    auto const parsed = object::quantity::parse(said_of(p, c, false, what));
    if (!parsed || *parsed < object::quantity()) return std::nullopt;
    auto const is_too_great = !parsed->is_zero() && parsed->milli_value() == 0;
    return is_too_great ? std::nullopt : std::optional(*parsed);
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto pretended_end_of(kube::pod const& p, kube::container const& c, bool init,
                                 pretence const& otherwise) -> std::optional<pretended_end> {
    auto out = pretended_end{.after = {}, .exit_code = otherwise.exit_code};
    auto const code = detail::said_of(p, c, init, "exit-code");
    auto number = 0;
    auto const [end, problem] = std::from_chars(code.data(), code.data() + code.size(), number);
    if (problem == std::errc() && end == code.data() + code.size() && number >= 0 && number < 256)
        out.exit_code = number;
    auto const span = detail::said_of(p, c, init, "runs-for");
    if (span == "ever") return std::nullopt;
    if (auto const said = object::detail::read_duration(span); said && *said >= duration{}) {
        out.after = *said;
        return out;
    }
    if (init && kube::is_sidecar(c)) return std::nullopt;
    if (init) out.after = otherwise.init_runs_for;
    else if (p.spec.restart_policy == "Never" || p.spec.restart_policy == "OnFailure")
        out.after = otherwise.runs_for;
    else return std::nullopt;
    return out;
}

BERTH_DECL auto pretended_usage_of(kube::pod const& p, kube::container const& c, pretence const& otherwise)
    -> container_rate {
    auto const cpu = detail::amount_said_of(p, c, "cpu");
    auto const memory = detail::amount_said_of(p, c, "memory");
    return {.cpu_nanocores =
                (duration{1'000'000} * (cpu ? cpu->milli_value() : otherwise.cpu_millis)).nanoseconds,
            .memory_bytes = memory ? memory->value() : otherwise.memory_bytes};
}

} // namespace berth::node

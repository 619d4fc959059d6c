#pragma once

/// \file
/// The bodies of `berth/kube/schedule/tolerations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/tolerations.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>

namespace berth::kube::detail {

/// A whole number as the API writes such: no plus, no zeros before it.
inline auto decimal_number(std::string_view text) -> std::optional<std::int64_t> {
    auto n = std::int64_t{0};
    auto const digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || (digits.front() == '0' && text != "0")) return std::nullopt;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return n;
}

/// Whether a taint's value is to that of a toleration as its operator says.
inline auto compares(toleration const& t, taint const& what) -> bool {
    auto const bound = decimal_number(t.value);
    auto const value = decimal_number(what.value);
    if (!bound || !value) return false;
    return t.operator_ == "Gt" ? *value > *bound : *value < *bound;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto tolerates(toleration const& t, taint const& what) -> bool {
    if (!t.effect.empty() && t.effect != what.effect) return false;
    if (!t.key.empty() && t.key != what.key) return false;
    if (t.operator_ == "Exists") return true;
    if (t.operator_ == "Gt" || t.operator_ == "Lt") return detail::compares(t, what);
    return (t.operator_.empty() || t.operator_ == "Equal") && t.value == what.value;
}

BERTH_DECL auto tolerates(object::list<toleration> const& all, taint const& what) -> bool {
    for (auto const& t : all)
        if (tolerates(t, what)) return true;
    return false;
}

BERTH_DECL auto untolerated(object::list<taint> const& taints, object::list<toleration> const& tolerations)
    -> taint const* {
    for (auto const& t : taints)
        if ((t.effect == "NoSchedule" || t.effect == "NoExecute") && !tolerates(tolerations, t)) return &t;
    return nullptr;
}

} // namespace berth::kube

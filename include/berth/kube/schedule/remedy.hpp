#pragma once

/// \file
/// What would have to change so that a node takes a pod: the remedies that the stock plugins know, told by
/// `schedule::advise`. Plugins declare what they know in their headers, and all of it is defined here: who
/// does not ask for advice does not pay for it.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/object/reflect.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// One change of a node or of a pod. What its members mean depends on its kind.
struct remedy {
    /// Of the node: so much more of a resource (`name`, `amount` in thousandths for `cpu`, else in whole
    /// units).
    static constexpr std::string_view more = "resource";
    /// Of the node: it is no longer cordoned.
    static constexpr std::string_view uncordon = "uncordon";
    /// Of the node: the label `name` has this value.
    static constexpr std::string_view label = "label";
    /// Of the node: it has no label `name`.
    static constexpr std::string_view unlabel = "unlabel";
    /// Of the node: the pod `name` (`namespace/name`, its uid in `value`) leaves, because of `why`.
    static constexpr std::string_view leave = "leave";
    /// Of the pod: it tolerates a taint (`name` its key, `value`, `effect`).
    static constexpr std::string_view tolerate = "tolerate";
    /// Of the pod: the spread constraint of the topology key `name`, which is `value` as JSON, has the
    /// greatest skew `amount`.
    static constexpr std::string_view skew = "max-skew";
    /// Of the pod: it has not the required term about other pods that `value` is as JSON; `effect` is
    /// `affinity` or `anti-affinity`, `name` its topology key.
    static constexpr std::string_view drop = "drop-term";

    std::string kind;
    std::string name;
    std::string value;
    std::string effect;
    std::string why;
    std::int64_t amount = 0;
    object::unknown_fields unknown{};

    [[nodiscard]] auto changes_task() const -> bool {
        return kind == tolerate || kind == skew || kind == drop;
    }
    /// Makes the change. Does nothing if there is nothing to change any more.
    auto apply_to(pod_info& p) const -> void;
    auto apply_to(node_info& n) const -> void;

    /// "500m more cpu", "tolerate taint x=y:NoSchedule", "label zone=a", "pod a/b to leave (port 80)".
    [[nodiscard]] auto text() const -> std::string;
    /// What it is about without how much: "more cpu".
    [[nodiscard]] auto about() const -> std::string;
    [[nodiscard]] auto size() const -> std::int64_t { return amount; }

    friend auto operator==(remedy const&, remedy const&) -> bool = default;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(remedy, "Remedy", (kind), (name), (value), (effect), (why), (amount))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/remedy.ipp>
#endif

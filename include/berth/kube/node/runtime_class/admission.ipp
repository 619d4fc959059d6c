#pragma once

/// \file
/// The bodies of `berth/kube/node/runtime_class/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/node/runtime_class/admission.hpp>

#include <memory>

namespace berth::kube::detail {

inline auto reject_pod(api::admission_request const& r, std::string const& why) -> std::unexpected<error> {
    return api::refused(r, why);
}

inline auto is_new_pod(api::admission_request const& r) -> bool {
    return r.op == api::admission_request::operation::create && r.subresource.empty() &&
           r.of.type == &object::type_of<pod>();
}

/// The class of a pod; nothing if it names none. Errors: `forbidden`, `unavailable`.
inline auto find_runtime_class(api::admission_request const& r, api::admission_world const& world)
    -> result<std::optional<object::stored<runtime_class>>> {
    auto const& name = r.object->as<pod>().spec.runtime_class_name;
    if (!name) return std::nullopt;
    if (name->empty()) return fail(error_code::internal, "resource name may not be empty");
    auto found = world.find_as<runtime_class>({{}, *name});
    if (found) return *std::move(found);
    if (found.error().code != error_code::not_found) return std::unexpected(std::move(found).error());
    return reject_pod(r, "pod rejected: RuntimeClass \"" + *name + "\" not found");
}

/// The nodes of a class and those that a pod wants.
inline auto merge_runtime_nodes(runtime_scheduling const& s, api::admission_request const& r)
    -> result<void> {
    auto& wanted = r.object->as<pod>().spec.node_selector;
    for (auto const& [key, value] : s.node_selector) {
        auto const* const own = wanted.find(key);
        if (own != nullptr && *own != value)
            return reject_pod(r, "conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " + value +
                                     "; pod.spec.nodeSelector[" + key + "] = " + *own);
        wanted[key] = value;
    }
    return {};
}

/// Adds the tolerations of a class, and leaves out those that others of the two lists have in them.
inline auto merge_runtime_tolerations(runtime_scheduling const& s, pod_spec& spec) -> void {
    auto all = std::vector<toleration>(spec.tolerations.begin(), spec.tolerations.end());
    all.insert(all.end(), s.tolerations.begin(), s.tolerations.end());
    auto const includes = [](toleration const& wide, toleration const& narrow) {
        if (wide == narrow) return true;
        if (wide.key != narrow.key && !(wide.key.empty() && wide.operator_ == "Exists")) return false;
        if (!wide.effect.empty() && wide.effect != narrow.effect) return false;
        if (wide.effect == "NoExecute" && wide.toleration_seconds &&
            (!narrow.toleration_seconds || *narrow.toleration_seconds > *wide.toleration_seconds))
            return false;
        auto const equal = wide.operator_.empty() || wide.operator_ == "Equal";
        auto const narrow_equal = narrow.operator_.empty() || narrow.operator_ == "Equal";
        return equal ? narrow_equal && wide.value == narrow.value : wide.operator_ == "Exists";
    };
    spec.tolerations.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto covered = false;
        for (auto const& kept : spec.tolerations) covered = covered || includes(kept, all[i]);
        for (std::size_t k = i + 1; k < all.size() && !covered; ++k)
            covered = all[k] != all[i] && includes(all[k], all[i]);
        if (!covered) spec.tolerations.push_back(all[i]);
    }
}

inline constexpr auto other_overhead =
    "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

inline auto apply_runtime_class(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (!is_new_pod(r)) return {};
    auto const found = find_runtime_class(r, world);
    if (!found) return std::unexpected(found.error());
    if (!*found) return {};
    auto const& c = ***found;
    auto& spec = r.object->as<pod>().spec;
    if (c.overhead) {
        if (!spec.overhead.empty() && spec.overhead != c.overhead->pod_fixed)
            return reject_pod(r, other_overhead);
        spec.overhead = c.overhead->pod_fixed;
    }
    if (!c.scheduling) return {};
    if (auto ok = merge_runtime_nodes(*c.scheduling, r); !ok) return ok;
    if (!c.scheduling->tolerations.empty()) merge_runtime_tolerations(*c.scheduling, spec);
    return {};
}

inline auto check_runtime_class(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (!is_new_pod(r)) return {};
    auto const found = find_runtime_class(r, world);
    if (!found) return std::unexpected(found.error());
    auto const& overhead = r.object->as<pod>().spec.overhead;
    if (*found && (***found).overhead)
        return overhead == (***found).overhead->pod_fixed ? result<void>() : reject_pod(r, other_overhead);
    if (overhead.empty()) return {};
    return reject_pod(r,
                      "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto runtime_class_admission() -> api::admission {
    return {"RuntimeClass",
            &detail::apply_runtime_class,
            &detail::check_runtime_class,
            {&runtime_class::resource}};
}

} // namespace berth::kube

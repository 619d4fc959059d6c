#pragma once

/// \file
/// The bodies of `berth/kube/core/namespace/controller/conditions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/controller/conditions.hpp>

namespace berth::kube::detail {

inline auto list_counts(std::map<std::string, std::size_t> const& counts, std::string_view middle)
    -> std::string {
    auto out = std::string();
    for (auto const& [what, n] : counts)
        out += (out.empty() ? "" : ", ") + what + std::string(middle) + std::to_string(n) +
               " resource instances";
    return out;
}

inline auto failure_text(std::vector<std::string> const& errors) -> std::string {
    auto all = std::string();
    for (auto const& e : errors) (all += all.empty() ? "" : ", ") += e;
    if (errors.size() > 1) all = "[" + all + "]";
    return "Failed to delete all resource types, " + std::to_string(errors.size()) + " remaining: " + all;
}

inline auto put_condition(namespace_status& s, namespace_condition wanted, time_point now) -> void {
    auto* const there = object::find_condition(s.conditions, wanted.type);
    auto const same = there != nullptr && there->status == wanted.status;
    wanted.last_transition_time = same ? there->last_transition_time : object::timestamp(now);
    if (there != nullptr) *there = std::move(wanted);
    else s.conditions.push_back(std::move(wanted));
}

BERTH_DECL auto made_condition(std::string type, bool holds, std::string reason, std::string message)
    -> namespace_condition {
    auto c = namespace_condition{};
    c.type = std::move(type);
    c.status = holds ? "True" : "False";
    c.reason = std::move(reason);
    c.message = std::move(message);
    return c;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto with_content(namespace_status s, namespace_content const& left, time_point now)
    -> namespace_status {
    auto const put = [&](std::string type, bool holds, std::string reason, std::string message) {
        detail::put_condition(
            s, detail::made_condition(std::move(type), holds, std::move(reason), std::move(message)), now);
    };
    put("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered",
        "All resources successfully discovered");
    put("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
        "All legacy kube types successfully parsed");
    if (left.errors.empty())
        put("NamespaceDeletionContentFailure", false, "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization");
    else
        put("NamespaceDeletionContentFailure", true, "ContentDeletionFailed",
            detail::failure_text(left.errors));
    if (left.by_kind.empty())
        put("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed");
    else
        put("NamespaceContentRemaining", true, "SomeResourcesRemain",
            "Some resources are remaining: " + detail::list_counts(left.by_kind, " has "));
    if (left.by_finalizer.empty())
        put("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers",
            "All content-preserving finalizers finished");
    else
        put("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
            "Some content in the namespace has finalizers remaining: " +
                detail::list_counts(left.by_finalizer, " in "));
    return s;
}

} // namespace berth::kube

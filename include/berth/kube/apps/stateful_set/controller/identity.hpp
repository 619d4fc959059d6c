#pragma once

/// \file
/// Who the pods of a stateful set are: their numbers, names, labels and storage (kubernetes 1.36,
/// `pkg/controller/statefulset/stateful_set_utils.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/history.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/meta/index_labels.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

/// The numbers of the pods that a set wants: from `first` up to, and without, `past`.
struct pod_ordinals {
    std::int64_t first = 0;
    std::int64_t past = 0;

    [[nodiscard]] auto contains(std::int64_t n) const -> bool { return first <= n && n < past; }
    friend auto operator==(pod_ordinals const&, pod_ordinals const&) -> bool = default;
};

[[nodiscard]] BERTH_DECL auto ordinals_of(stateful_set const& set) -> pod_ordinals;

/// Whether a pod has a name of the set's: that of the set, a dash and digits.
[[nodiscard]] BERTH_DECL auto is_named_by(stateful_set const& set, std::string_view pod) -> bool;

/// The number in the name of a set's pod; nothing if the name is none of the set's, or has zeros before the
/// number.
[[nodiscard]] BERTH_DECL auto ordinal_of(stateful_set const& set, std::string_view pod)
    -> std::optional<std::int64_t>;

[[nodiscard]] BERTH_DECL auto pod_name(stateful_set const& set, std::int64_t ordinal) -> std::string;

/// The name of a pod's claim by one of the set's templates.
[[nodiscard]] BERTH_DECL auto claim_name(stateful_set const& set,
                                         embedded_persistent_volume_claim const& template_,
                                         std::int64_t ordinal) -> std::string;

/// The claim itself, owned by nobody.
[[nodiscard]] BERTH_DECL auto made_claim(stateful_set const& set,
                                         embedded_persistent_volume_claim const& template_,
                                         std::int64_t ordinal) -> persistent_volume_claim;

/// The pod of a number, by the template of a revision of that name.
[[nodiscard]] BERTH_DECL auto made_pod(stateful_set const& set, pod_template_spec const& t,
                                       std::string const& revision, std::int64_t ordinal) -> pod;

/// The pod with the labels and the volumes that it must have to be the one of its number. (It may have them
/// all.)
[[nodiscard]] BERTH_DECL auto with_identity(stateful_set const& set, pod p, std::int64_t ordinal) -> pod;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/controller/identity.ipp>
#endif

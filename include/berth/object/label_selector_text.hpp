#pragma once

/// \file
/// Label selectors in messages: as Go prints the structure (apimachinery 1.36, `meta/v1/generated.pb.go`).

#include <berth/core/config.hpp>
#include <berth/object/label_selector.hpp>

#include <string>

namespace berth::object {

/// How messages of Kubernetes show a selector:
/// `&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}`,
/// or `nil` for an absent one.
[[nodiscard]] BERTH_DECL auto go_text(boxed<label_selector> const& s) -> std::string;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/label_selector_text.ipp>
#endif

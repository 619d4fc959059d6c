#pragma once

/// \file
/// Strategic merge patch: a merge patch that merges lists by the keys that the type's description declares,
/// with the directives of Kubernetes (apimachinery 1.36, `util/strategicpatch/patch.go`):
/// `$patch: delete|replace`, `$deleteFromPrimitiveList/<field>`, `$setElementOrder/<field>`, `$retainKeys`.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/json_members.hpp>
#include <berth/object/detail/strategic_list.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/reflect.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

namespace detail {

/// How a member of a type is patched. A type that nobody describes is null: its objects merge, its lists do
/// not.
struct patch_rule {
    patch_strategy strategy = patch_strategy::atomic;
    std::string_view merge_key;
    type_info const* type = nullptr; ///< the member's type; of a list, that of its elements

    [[nodiscard]] auto has(patch_strategy flag) const -> bool {
        return (static_cast<unsigned>(strategy) & static_cast<unsigned>(flag)) != 0;
    }
};

BERTH_DECL auto rule_of(type_info const* type, std::string_view member) -> patch_rule;

BERTH_DECL auto member_of(json::value const& value, std::string_view key) -> json::value const*;

/// Merges or replaces a list as its rule says. See `merge_objects_list` for `slots`.
BERTH_DECL auto merge_list(json::array original, json::array patch, patch_rule const& rule, bool deleting,
                           std::vector<identity>& slots, merge_budget& budget) -> result<json::array>;

} // namespace detail

/// The document changed as a strategic merge patch says. `type` describes the document and gives merge keys
/// and strategies (`type_of<kube::pod>()`); members that it does not describe merge as objects, and are
/// replaced as lists. Errors: `bad_request`, in the words of Kubernetes; `request_too_large` for a patch that
/// has long lists merged many times. Cost: n log n in document and patch.
[[nodiscard]] BERTH_DECL auto apply_strategic_patch(boost::json::value document, boost::json::value patch,
                                                    type_info const& type) -> result<boost::json::value>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/strategic_patch.ipp>
#endif

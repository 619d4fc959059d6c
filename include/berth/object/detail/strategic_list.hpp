#pragma once

/// \file
/// The order of merged lists in strategic merge patch (apimachinery 1.36, `util/strategicpatch/patch.go`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_value.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/detail/patched_value.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// What tells the elements of a list apart: the value of the merge key, or, without one, the element itself.
using identity = std::string;

inline auto patch_error(std::string message) -> std::unexpected<error> {
    return fail(error_code::bad_request, std::move(message));
}
BERTH_DECL auto wrong_type(std::string_view expected, json::value const& actual) -> std::unexpected<error>;

BERTH_DECL auto identity_of(json::value const& element, std::string_view merge_key) -> result<identity>;

/// How much one merge may look at. A patch that names an element of a list many times has that list looked
/// at as often; what that may cost is bounded by the size of document and patch.
class merge_budget {
public:
    explicit merge_budget(std::size_t work) : left_(work) {}

    /// A budget of several looks at everything.
    static auto of(json::value const& document, json::value const& patch) -> merge_budget;

    auto spend(std::size_t work) -> result<void>;
    /// The cost of one look at a list whose elements are told apart by `merge_key`.
    auto spend_on(json::array const& list, std::string_view merge_key) -> result<void>;
    /// Takes a member out; the last one takes its place.
    auto erase(json::object& object, std::string_view key) -> result<void>;

private:
    static constexpr std::size_t looks = 4;
    static constexpr std::size_t element_cost = 16; ///< in bytes of text that are compared

    std::size_t left_;
};

BERTH_DECL auto identities_of(json::array const& list, std::string_view merge_key)
    -> result<std::vector<identity>>;

/// Where in a list each identity first occurs.
class positions {
public:
    explicit positions(std::vector<identity> const& list);
    [[nodiscard]] auto of(identity const& id) const -> std::optional<std::size_t>;

private:
    std::map<identity, std::size_t> first_;
};

/// A list on its way to its final order.
struct identified {
    std::vector<identity> ids;
    std::vector<json::value> values;

    auto push(identity id, json::value value) -> void;
};

/// Sorts by `order`. An element that is not in `order` moves before its left neighbour, as Kubernetes has it
/// (in long lists, where that would cost too much, it goes to the end).
BERTH_DECL auto sort_by(identified& list, positions const& order) -> void;

/// The elements of `merged` in the order that `wanted` and then `live` give.
BERTH_DECL auto in_order(json::array merged, std::vector<identity> const& wanted,
                         std::vector<identity> const& live, std::string_view merge_key)
    -> result<json::array>;

/// Checks that the elements of two lists are of one type, which is not a list; answers whether they are
/// objects.
BERTH_DECL auto elements_are_objects(json::array const& a, json::array const& b) -> result<bool>;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/strategic_list.ipp>
#endif

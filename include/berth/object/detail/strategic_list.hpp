#pragma once

/// \file
/// The order of merged lists in strategic merge patch (apimachinery 1.36, `util/strategicpatch/patch.go`).

#include <berth/core/error.hpp>
#include <berth/object/detail/go_value.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/detail/patched_value.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
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
inline auto wrong_type(std::string_view expected, json::value const& actual) -> std::unexpected<error> {
    return patch_error("expected a " + std::string(expected) + ", but received a " +
                       std::string(go_type(actual)));
}

inline auto identity_of(json::value const& element, std::string_view merge_key) -> result<identity> {
    if (merge_key.empty()) {
        if (element.is_object() || element.is_array())
            return patch_error("a list of objects or lists has no order without a merge key");
        return json::serialize(element);
    }
    if (!element.is_object()) return wrong_type("map[string]interface {}", element);
    auto const* const key = element.get_object().if_contains(boost_view(merge_key));
    if (key == nullptr)
        return patch_error("map: " + go_value(element) +
                           " does not contain declared merge key: " + std::string(merge_key));
    return json::serialize(*key);
}

/// How much one merge may look at. A patch that names an element of a list many times has that list looked
/// at as often; what that may cost is bounded by the size of document and patch.
class merge_budget {
public:
    explicit merge_budget(std::size_t work) : left_(work) {}

    /// A budget of several looks at everything.
    static auto of(json::value const& document, json::value const& patch) -> merge_budget {
        auto out = std::size_t{1'000'000};
        for (auto const* value : {&document, &patch}) {
            auto const extent = extent_of(*value);
            out += looks * (element_cost * extent.values + extent.text);
        }
        return merge_budget(out);
    }

    auto spend(std::size_t work) -> result<void> {
        if (work > left_)
            return fail(error_code::request_too_large, "the patch names elements of long lists too often");
        left_ -= work;
        return {};
    }
    /// The cost of one look at a list whose elements are told apart by `merge_key`.
    auto spend_on(json::array const& list, std::string_view merge_key) -> result<void> {
        auto work = std::size_t{0};
        for (auto const& element : list) {
            auto const* const object = merge_key.empty() ? nullptr : element.if_object();
            auto const* const key = object == nullptr ? &element : object->if_contains(boost_view(merge_key));
            auto const* const text = key == nullptr ? nullptr : key->if_string();
            work += element_cost + (text == nullptr ? 0 : text->size());
        }
        return spend(work);
    }
    /// Takes a member out; the last one takes its place.
    auto erase(json::object& object, std::string_view key) -> result<void> {
        if (object.empty()) return {};
        if (auto const paid = spend(1 + (object.end() - 1)->key().size()); !paid) return paid;
        object.erase(boost_view(key));
        return {};
    }

private:
    static constexpr std::size_t looks = 4;
    static constexpr std::size_t element_cost = 16; ///< in bytes of text that are compared

    std::size_t left_;
};

inline auto identities_of(json::array const& list, std::string_view merge_key)
    -> result<std::vector<identity>> {
    auto out = std::vector<identity>();
    out.reserve(list.size());
    for (auto const& element : list) {
        auto one = identity_of(element, merge_key);
        if (!one) return std::unexpected(std::move(one).error());
        out.push_back(*std::move(one));
    }
    return out;
}

/// Where in a list each identity first occurs.
class positions {
public:
    explicit positions(std::vector<identity> const& list) {
        for (std::size_t i = 0; i < list.size(); ++i) first_.emplace(list[i], i);
    }
    [[nodiscard]] auto of(identity const& id) const -> std::optional<std::size_t> {
        auto const found = first_.find(id);
        return found == first_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<identity, std::size_t> first_;
};

/// A list on its way to its final order.
struct identified {
    std::vector<identity> ids;
    std::vector<json::value> values;

    auto push(identity id, json::value value) -> void {
        ids.push_back(std::move(id));
        values.push_back(std::move(value));
    }
};

/// Sorts by `order`. An element that is not in `order` moves before its left neighbour, as Kubernetes has it
/// (in long lists, where that would cost too much, it goes to the end).
inline auto sort_by(identified& list, positions const& order) -> void {
    auto ranked = std::vector<std::pair<std::optional<std::size_t>, std::size_t>>();
    auto complete = true;
    for (std::size_t i = 0; i < list.ids.size(); ++i) {
        ranked.emplace_back(order.of(list.ids[i]), i);
        complete = complete && ranked.back().first.has_value();
    }
    if (complete || ranked.size() > 500) {
        auto const absent = list.ids.size() + 1;
        for (auto& [rank, i] : ranked) rank = rank.value_or(absent + i);
        std::sort(ranked.begin(), ranked.end());
    } else {
        for (std::size_t i = 1; i < ranked.size(); ++i)
            for (auto j = i; j > 0; --j) {
                auto const& [left, right] = std::pair(ranked[j - 1].first, ranked[j].first);
                if (left && right && *right >= *left) break;
                std::swap(ranked[j - 1], ranked[j]);
            }
    }
    auto sorted = identified();
    for (auto const& [rank, i] : ranked) sorted.push(std::move(list.ids[i]), std::move(list.values[i]));
    list = std::move(sorted);
}

/// Merges the elements that the patch names, in the patch's order, with those that only the server has, in
/// the server's order. A server's element comes before the first of the patch's that is known to come after
/// it.
inline auto interleave(identified server, identified patch, positions const& server_order) -> json::array {
    auto out = json::array();
    auto s = std::size_t{0};
    auto p = std::size_t{0};
    while (s < server.ids.size() || p < patch.ids.size()) {
        auto take_server = p == patch.ids.size();
        if (!take_server && s < server.ids.size()) {
            auto const left = server_order.of(server.ids[s]);
            auto const right = server_order.of(patch.ids[p]);
            take_server = left && right && *left < *right;
        }
        out.push_back(std::move(take_server ? server.values[s++] : patch.values[p++]));
    }
    return out;
}

/// The elements of `merged` in the order that `wanted` and then `live` give.
inline auto in_order(json::array merged, std::vector<identity> const& wanted,
                     std::vector<identity> const& live, std::string_view merge_key) -> result<json::array> {
    auto const wanted_order = positions(wanted);
    auto const live_order = positions(live);
    auto from_patch = identified();
    auto from_server = identified();
    for (auto& element : merged) {
        auto id = identity_of(element, merge_key);
        if (!id) return std::unexpected(std::move(id).error());
        auto& side = wanted_order.of(*id) ? from_patch : from_server;
        side.push(*std::move(id), std::move(element));
    }
    sort_by(from_patch, wanted_order);
    sort_by(from_server, live_order);
    return interleave(std::move(from_server), std::move(from_patch), live_order);
}

/// Checks that the elements of two lists are of one type, which is not a list; answers whether they are
/// objects.
inline auto elements_are_objects(json::array const& a, json::array const& b) -> result<bool> {
    auto const* first = static_cast<json::value const*>(nullptr);
    for (auto const* list : {&a, &b})
        for (auto const& element : *list) {
            if (first == nullptr) first = &element;
            if (first->is_array()) return patch_error("lists of lists are not supported");
            if (first->is_null() || go_type(*first) != go_type(element))
                return patch_error("list element types are not identical: [" + go_value(a) + " " +
                                   go_value(b) + "]");
        }
    if (first == nullptr) return patch_error("no elements in any of the given slices");
    return first->is_object();
}

} // namespace berth::object::detail

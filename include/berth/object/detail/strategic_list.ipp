#pragma once

/// \file
/// The bodies of `berth/object/detail/strategic_list.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/strategic_list.hpp>

#include <algorithm>

namespace berth::object::detail {

BERTH_DECL auto wrong_type(std::string_view expected, json::value const& actual) -> std::unexpected<error> {
    return patch_error("expected a " + std::string(expected) + ", but received a " +
                       std::string(go_type(actual)));
}

BERTH_DECL auto identity_of(json::value const& element, std::string_view merge_key) -> result<identity> {
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

BERTH_DECL auto merge_budget::of(json::value const& document, json::value const& patch) -> merge_budget {
    auto out = std::size_t{1'000'000};
    for (auto const* value : {&document, &patch}) {
        auto const extent = extent_of(*value);
        out += looks * (element_cost * extent.values + extent.text);
    }
    return merge_budget(out);
}

BERTH_DECL auto merge_budget::spend(std::size_t work) -> result<void> {
    if (work > left_)
        return fail(error_code::request_too_large, "the patch names elements of long lists too often");
    left_ -= work;
    return {};
}

BERTH_DECL auto merge_budget::spend_on(json::array const& list, std::string_view merge_key) -> result<void> {
    auto work = std::size_t{0};
    for (auto const& element : list) {
        auto const* const object = merge_key.empty() ? nullptr : element.if_object();
        auto const* const key = object == nullptr ? &element : object->if_contains(boost_view(merge_key));
        auto const* const text = key == nullptr ? nullptr : key->if_string();
        work += element_cost + (text == nullptr ? 0 : text->size());
    }
    return spend(work);
}

BERTH_DECL auto merge_budget::erase(json::object& object, std::string_view key) -> result<void> {
    if (object.empty()) return {};
    if (auto const paid = spend(1 + (object.end() - 1)->key().size()); !paid) return paid;
    object.erase(boost_view(key));
    return {};
}

BERTH_DECL auto identities_of(json::array const& list, std::string_view merge_key)
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

BERTH_DECL positions::positions(std::vector<identity> const& list) {
    for (std::size_t i = 0; i < list.size(); ++i) first_.emplace(list[i], i);
}

BERTH_DECL auto positions::of(identity const& id) const -> std::optional<std::size_t> {
    auto const found = first_.find(id);
    return found == first_.end() ? std::nullopt : std::optional(found->second);
}

BERTH_DECL auto identified::push(identity id, json::value value) -> void {
    ids.push_back(std::move(id));
    values.push_back(std::move(value));
}

BERTH_DECL auto sort_by(identified& list, positions const& order) -> void {
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

BERTH_DECL auto in_order(json::array merged, std::vector<identity> const& wanted,
                         std::vector<identity> const& live, std::string_view merge_key)
    -> result<json::array> {
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

BERTH_DECL auto elements_are_objects(json::array const& a, json::array const& b) -> result<bool> {
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

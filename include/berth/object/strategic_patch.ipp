#pragma once

/// \file
/// The bodies of `berth/object/strategic_patch.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/optional_type.hpp>
#include <berth/object/strategic_patch.hpp>

#include <map>
#include <set>

namespace berth::object::detail {

BERTH_DECL auto rule_of(type_info const* type, std::string_view member) -> patch_rule {
    if (type == nullptr) return {};
    auto const& there = without_optional(*type);
    if (there.form == shape::map) return {patch_strategy::atomic, {}, &without_optional(there.element())};
    if (there.form != shape::record) return {};
    auto const* const field = there.field(member);
    if (field == nullptr) return {};
    auto const* inner = &without_optional(field->type());
    if (inner->form == shape::list) inner = &without_optional(inner->element());
    return {field->patch, field->details->merge_key, inner};
}

inline constexpr auto patch_directive = std::string_view("$patch");

inline constexpr auto delete_directive = std::string_view("$deleteFromPrimitiveList");

inline constexpr auto order_directive = std::string_view("$setElementOrder");

inline constexpr auto retain_directive = std::string_view("$retainKeys");

BERTH_DECL auto member_of(json::value const& value, std::string_view key) -> json::value const* {
    auto const* const object = value.if_object();
    return object == nullptr ? nullptr : object->if_contains(boost_view(key));
}

/// The field that `$setElementOrder/containers` and the like name.
inline auto named_field(std::string_view key, std::string_view directive, char const* otherwise)
    -> result<std::string_view> {
    if (key.size() <= directive.size() || key[directive.size()] != '/') return patch_error(otherwise);
    return key.substr(directive.size() + 1);
}

/// Takes directives out of a value that nothing is merged into. Answers whether anything is left of it.
inline auto remove_directives(json::value& value) -> bool {
    if (auto* const object = value.if_object()) {
        if (object->contains(boost_view(patch_directive))) return false;
        erase_members_if(*object, [](auto& member) { return !remove_directives(member.value()); });
    } else if (auto* const array = value.if_array()) {
        erase_elements_if(*array, [](auto& element) { return !remove_directives(element); });
    }
    return true;
}

/// Clears what `$retainKeys` does not list.
inline auto apply_retain_keys(json::object& original, json::object& patch, merge_budget& budget)
    -> result<void> {
    constexpr auto wrong = "invalid patch format of retainKeys";
    auto const* const directive = patch.if_contains(boost_view(retain_directive));
    if (directive == nullptr) return {};
    auto const* const list = directive->if_array();
    if (list == nullptr) return patch_error(wrong);
    auto kept = std::set<std::string, std::less<>>();
    for (auto const& key : *list)
        if (key.is_string()) kept.emplace(text_view(key.get_string()));
    if (auto const done = budget.erase(patch, retain_directive); !done) return done;
    for (auto const& member : patch) {
        auto const key = text_view(member.key());
        if (member.value().is_null() || key.starts_with(delete_directive) || key.starts_with(order_directive))
            continue;
        if (!kept.contains(key)) return patch_error(wrong);
    }
    auto looked_at = std::size_t{0};
    for (auto const& member : original) looked_at += 1 + member.key().size();
    if (auto const paid = budget.spend(looked_at); !paid) return paid;
    erase_members_if(original, [&](auto& member) { return !kept.contains(text_view(member.key())); });
    return {};
}

auto merge_object(json::object& original, json::object patch, type_info const* type, merge_budget& budget)
    -> result<void>;

/// A live list and the identities that its places have. Kubernetes edits the list in place, so that the
/// places of deleted elements go on to tell the order of others; `slots` remembers that.
struct live_list {
    json::array elements;
    std::vector<identity> slots;

    /// Takes out all elements of each identity, one identity after the other. Each time one goes those behind
    /// it move up, and the last place keeps what it had.
    auto remove(std::vector<identity> const& ids) -> void {
        if (ids.empty()) return;
        auto places = std::map<std::string_view, std::vector<std::size_t>>();
        for (std::size_t i = 0; i < elements.size(); ++i) places[slots[i]].push_back(i);
        auto gone = std::vector<bool>(elements.size());
        auto left = std::vector<identity>(); // behind, in places that are no longer used; the hindmost first
        auto last = elements.size();
        for (auto const& id : ids) {
            auto const found = places.find(id);
            if (found == places.end()) continue;
            for (auto const i : found->second) {
                while (gone[last - 1]) --last;
                left.push_back(slots[last - 1]);
                gone[i] = true;
            }
            found->second.clear();
        }
        auto i = std::size_t{0};
        erase_elements_if(elements, [&](auto const&) { return bool(gone[i++]); });
        auto now = std::vector<identity>();
        for (std::size_t n = 0; n < gone.size(); ++n)
            if (!gone[n]) now.push_back(slots[n]);
        now.insert(now.end(), left.rbegin(), left.rend());
        slots = std::move(now);
    }
    auto append(identity id, json::value element) -> void {
        if (elements.size() < slots.size()) slots[elements.size()] = std::move(id);
        elements.push_back(std::move(element));
    }
};

/// Carries out the elements of a patch list that are directives and takes them out. Answers whether the rest
/// replaces the list.
inline auto apply_list_directives(live_list& live, json::array& patch, std::string_view merge_key)
    -> result<bool> {
    auto plain = json::array();
    auto deleted = std::vector<identity>();
    auto replace = false;
    for (auto& element : patch) {
        auto const* const directive = member_of(element, patch_directive);
        if (directive == nullptr) {
            plain.push_back(std::move(element));
        } else if (*directive == "delete") {
            auto id = identity_of(element, merge_key);
            if (!id) return std::unexpected(std::move(id).error());
            deleted.push_back(*std::move(id));
        } else if (*directive == "replace") {
            replace = true;
        } else if (*directive == "merge") {
            return patch_error("merging lists cannot yet be specified in the patch");
        } else {
            return patch_error("unknown patch type: " + go_value(*directive) +
                               " in map: " + go_value(element));
        }
    }
    live.remove(deleted);
    patch = std::move(plain);
    return replace;
}

/// Merges each element of the patch into the live element with its key, or appends it. `wanted` are the keys.
inline auto merge_elements(live_list& live, json::array patch, std::vector<identity> const& wanted,
                           patch_rule const& rule, merge_budget& budget) -> result<void> {
    auto places = std::map<identity, std::size_t>();
    for (std::size_t i = 0; i < live.elements.size(); ++i)
        if (auto id = identity_of(live.elements[i], rule.merge_key)) places.emplace(*std::move(id), i);
    for (std::size_t i = 0; i < patch.size(); ++i) {
        auto const [place, added] = places.emplace(wanted[i], live.elements.size());
        if (added) {
            live.append(wanted[i], std::move(patch[i]));
            continue;
        }
        auto const done = merge_object(live.elements[place->second].as_object(),
                                       std::move(patch[i].get_object()), rule.type, budget);
        if (!done) return done;
    }
    return {};
}

/// The identities of a live list's places; elements without a key have none.
inline auto slots_of(json::array const& list, std::string_view merge_key) -> std::vector<identity> {
    auto out = std::vector<identity>();
    for (auto const& element : list) out.push_back(identity_of(element, merge_key).value_or(identity()));
    return out;
}

/// Merges a list of objects. `slots` becomes what the places of the live list tell about order afterwards.
inline auto merge_objects_list(json::array original, json::array patch, patch_rule const& rule,
                               std::vector<identity>& slots, merge_budget& budget) -> result<json::array> {
    if (rule.merge_key.empty())
        return patch_error("cannot merge lists without merge key for " +
                           std::string(rule.type == nullptr ? "interface" : rule.type->name));
    auto live = live_list{std::move(original), {}};
    live.slots = slots_of(live.elements, rule.merge_key);
    auto const replace = apply_list_directives(live, patch, rule.merge_key);
    if (!replace) return std::unexpected(replace.error());
    auto const wanted = identities_of(patch, rule.merge_key);
    if (!wanted) return std::unexpected(wanted.error());
    if (*replace) {
        slots = live.slots;
        return in_order(std::move(patch), {}, *wanted, rule.merge_key);
    }
    auto order = live.slots;
    order.resize(live.elements.size());
    auto const done = merge_elements(live, std::move(patch), *wanted, rule, budget);
    if (!done) return std::unexpected(done.error());
    slots = live.slots;
    return in_order(std::move(live.elements), *wanted, order, rule.merge_key);
}

/// Merges a list of scalars: each once, or, `deleting`, those that the patch does not name.
inline auto merge_scalars(json::array original, json::array const& patch, bool deleting)
    -> result<json::array> {
    auto const wanted = identities_of(patch, {});
    auto const live = identities_of(original, {});
    if (!wanted || !live) return std::unexpected(wanted ? live.error() : wanted.error());
    auto merged = json::array();
    auto seen = std::set<identity>();
    if (deleting) seen.insert(wanted->begin(), wanted->end());
    for (std::size_t i = 0; i < original.size(); ++i) {
        auto const fresh = deleting ? !seen.contains((*live)[i]) : seen.insert((*live)[i]).second;
        if (fresh) merged.push_back(original[i]);
    }
    if (deleting) return merged;
    for (std::size_t i = 0; i < patch.size(); ++i)
        if (seen.insert((*wanted)[i]).second) merged.push_back(patch[i]);
    return in_order(std::move(merged), *wanted, *live, {});
}

BERTH_DECL auto merge_list(json::array original, json::array patch, patch_rule const& rule, bool deleting,
                           std::vector<identity>& slots, merge_budget& budget) -> result<json::array> {
    if (!rule.has(patch_strategy::merge) && !deleting) return patch;
    if (original.empty() && patch.empty()) return original;
    if (auto const paid = budget.spend_on(original, rule.merge_key); !paid)
        return std::unexpected(paid.error());
    auto const objects = elements_are_objects(original, patch);
    if (!objects) return std::unexpected(objects.error());
    return *objects ? merge_objects_list(std::move(original), std::move(patch), rule, slots, budget)
                    : merge_scalars(std::move(original), patch, deleting);
}

/// Checks that the patch's elements stand in the order that `$setElementOrder` gives, and none is missing
/// there.
inline auto check_order(json::array const& patch, json::array const& order, std::string_view merge_key)
    -> result<void> {
    if (patch.empty() || order.empty()) return {};
    auto o = std::size_t{0};
    for (auto const& element : patch) {
        if (!merge_key.empty() && !element.is_object()) return wrong_type("map[string]interface {}", element);
        if (member_of(element, patch_directive) != nullptr) continue;
        auto const actual = identity_of(element, merge_key);
        for (auto found = false; !found; ++o) {
            if (o == order.size())
                return patch_error("The order in patch list:\n" + go_value(patch) + "\n doesn't match " +
                                   std::string(order_directive) + " list:\n" + go_value(order) + "\n");
            if (!actual) return std::unexpected(actual.error());
            auto const wanted = identity_of(order[o], merge_key);
            if (!wanted) return std::unexpected(wanted.error());
            found = *wanted == *actual;
        }
    }
    return {};
}

/// Takes a member that is a list: empty if absent, an error if it is something else.
inline auto take_list(json::object& object, std::string_view field) -> result<json::array> {
    auto* const value = object.if_contains(boost_view(field));
    if (value == nullptr) return json::array();
    if (!value->is_array()) return wrong_type("[]interface {}", *value);
    return std::move(value->get_array());
}

/// Merges the list `field` and orders it as its `$setElementOrder` list says.
inline auto merge_ordered(json::object& original, json::object& patch, std::string_view field,
                          json::array const& order, type_info const* type, merge_budget& budget)
    -> result<void> {
    auto const is_live = original.contains(boost_view(field));
    auto const is_changed = patch.contains(boost_view(field));
    auto live = take_list(original, field);
    if (!live) return std::unexpected(live.error());
    auto change = take_list(patch, field);
    if (!change) return std::unexpected(change.error());
    auto const rule = rule_of(type, field);
    if (auto const fits = check_order(*change, order, rule.merge_key); !fits) return fits;
    if (!is_live && !is_changed) return {};
    if (auto const paid = budget.spend_on(*live, rule.merge_key); !paid) return paid;
    auto const same = elements_are_objects(*live, *change);
    auto slots = slots_of(*live, rule.merge_key);
    auto merged = result<json::array>();
    if (is_live && is_changed) {
        merged = merge_list(*std::move(live), *std::move(change), rule, false, slots, budget);
    } else if (is_live) {
        merged = std::move(live);
    } else {
        auto value = json::value(*std::move(change));
        remove_directives(value);
        merged = std::move(value.get_array());
    }
    if (!merged) return std::unexpected(merged.error());
    if (!same) return std::unexpected(same.error());
    auto const wanted = identities_of(order, rule.merge_key);
    if (!wanted) return std::unexpected(wanted.error());
    auto ordered = in_order(*std::move(merged), *wanted, slots, rule.merge_key);
    if (!ordered) return std::unexpected(ordered.error());
    original[boost_view(field)] = *std::move(ordered);
    return budget.erase(patch, field);
}

/// Carries out all `$setElementOrder` directives and takes them and their lists out of the patch.
inline auto apply_element_orders(json::object& original, json::object& patch, type_info const* type,
                                 merge_budget& budget) -> result<void> {
    auto directives = std::vector<std::pair<std::string, json::value>>();
    erase_members_if(patch, [&](auto& member) {
        auto const key = text_view(member.key());
        auto const is_order = key.starts_with(order_directive);
        if (is_order) directives.emplace_back(key, std::move(member.value()));
        return is_order;
    });
    for (auto const& [key, order] : directives) {
        if (!order.is_array()) return wrong_type("[]interface {}", order);
        auto const field = named_field(key, order_directive, "invalid patch format of setElementOrder list");
        if (!field) return std::unexpected(field.error());
        auto const done = merge_ordered(original, patch, *field, order.get_array(), type, budget);
        if (!done) return done;
    }
    return {};
}

/// Puts a value of the patch in a place where nothing is merged.
inline auto place_value(json::object& original, std::string_view field, json::value value,
                        merge_budget& budget) -> result<void> {
    drop_null_members(value);
    if (!remove_directives(value)) return budget.erase(original, field);
    original[boost_view(field)] = std::move(value);
    return {};
}

/// Merges one member of a patch.
inline auto merge_member(json::object& original, std::string_view key, json::value change,
                         type_info const* type, merge_budget& budget) -> result<void> {
    auto const deleting = key.starts_with(delete_directive);
    auto field = result<std::string_view>(key);
    if (deleting) field = named_field(key, delete_directive, "invalid patch format of primitive list");
    if (!field) return std::unexpected(field.error());
    if (change.is_null()) return budget.erase(original, *field);
    auto* const live = original.if_contains(boost_view(*field));
    if (live == nullptr || go_type(*live) != go_type(change)) {
        return deleting ? result<void>() : place_value(original, *field, std::move(change), budget);
    }
    auto const rule = rule_of(type, *field);
    if (live->is_object()) {
        if (!rule.has(patch_strategy::replace))
            return merge_object(live->get_object(), std::move(change.get_object()), rule.type, budget);
        *live = std::move(change);
    } else if (live->is_array()) {
        auto slots = std::vector<identity>();
        auto merged = merge_list(std::move(live->get_array()), std::move(change.get_array()), rule, deleting,
                                 slots, budget);
        if (!merged) return std::unexpected(std::move(merged).error());
        *live = *std::move(merged);
    } else {
        *live = std::move(change);
    }
    return {};
}

inline auto merge_object(json::object& original, json::object patch, type_info const* type,
                         merge_budget& budget) -> result<void> {
    if (auto const* const directive = patch.if_contains(boost_view(patch_directive))) {
        if (*directive == "delete") {
            original.clear();
        } else if (*directive == "replace") {
            patch.erase(boost_view(patch_directive));
            original = std::move(patch);
        } else {
            return patch_error("unknown patch type: " + go_value(*directive) + " in map: " + go_value(patch));
        }
        return {};
    }
    if (auto const done = apply_retain_keys(original, patch, budget); !done) return done;
    if (auto const done = apply_element_orders(original, patch, type, budget); !done) return done;
    for (auto& member : patch) {
        auto const done =
            merge_member(original, text_view(member.key()), std::move(member.value()), type, budget);
        if (!done) return done;
    }
    return {};
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto apply_strategic_patch(boost::json::value document, boost::json::value patch,
                                      type_info const& type) -> result<boost::json::value> {
    if (!document.is_object() || !patch.is_object())
        return fail(error_code::bad_request,
                    "json: cannot unmarshal into Go value of type map[string]interface {}");
    auto budget = detail::merge_budget::of(document, patch);
    auto const done =
        detail::merge_object(document.get_object(), std::move(patch.get_object()), &type, budget);
    if (!done) return std::unexpected(done.error());
    return document;
}

} // namespace berth::object

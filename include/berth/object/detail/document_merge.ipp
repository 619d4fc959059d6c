#pragma once

/// \file
/// The bodies of `berth/object/detail/document_merge.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/document_merge.hpp>
#include <berth/object/detail/field_merge.hpp>
#include <berth/object/detail/json_members.hpp>
#include <berth/object/detail/json_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>
#include <vector>

namespace berth::object::detail {

BERTH_DECL auto document_merge::merge_members(slot const& at, boost::json::object& to,
                                              boost::json::object const& stated, field_set const* changed)
    -> result<void> {
    for (auto const& m : stated) {
        auto const name = text_view(m.key());
        if (at.kind && (name == "apiVersion" || name == "kind")) continue;
        field_set const* below = nullptr;
        if (!is_changed(changed, path_element::field(name), below)) continue;
        if (auto done = merge(at.member(name), to[m.key()], m.value(), below); !done) return done;
    }
    return {};
}

BERTH_DECL auto document_merge::merge(slot const& at, boost::json::value& to,
                                      boost::json::value const& stated, field_set const* changed)
    -> result<void> {
    auto const parts = at.how != relation::leaf;
    // Null, and an object with nothing in it, say nothing of what is there.
    auto const nothing = stated.is_null() || (stated.is_object() && stated.get_object().empty());
    if (parts && nothing && (to.is_object() || to.is_array()) && !look_.is_empty(at, view::of(to))) return {};
    auto const list = at.how == relation::set || at.how == relation::keyed;
    if (parts && !list && stated.is_object() && to.is_object())
        return merge_members(at, to.get_object(), stated.get_object(), changed);
    if (list && stated.is_array() && to.is_array())
        return merge_list(at, to.get_array(), stated.get_array(), changed);
    to = stated;
    return {};
}

BERTH_DECL auto document_merge::names_of(slot const& at, boost::json::array const& elements)
    -> result<element_index> {
    auto out = std::vector<path_element>();
    for (auto const& e : elements) {
        auto name = look_.element_name(at, view::of(e));
        if (!name) return std::unexpected(std::move(name).error());
        out.push_back(*std::move(name));
    }
    return element_index(std::move(out));
}

BERTH_DECL auto document_merge::merge_list(slot const& at, boost::json::array& to,
                                           boost::json::array const& stated, field_set const* changed)
    -> result<void> {
    if (stated.empty()) return {};
    auto const before = names_of(at, to);
    if (!before) return std::unexpected(before.error());
    auto const after = names_of(at, stated);
    if (!after) return std::unexpected(after.error());
    auto const inner = at.element();
    auto out = boost::json::array();
    for (auto const& e : merged_order(*before, *after)) {
        auto& made = out.emplace_back(nullptr);
        if (e.before != element_index::none) made = std::move(to[e.before]);
        if (e.stated == element_index::none) continue;
        field_set const* below = nullptr;
        if (!is_changed(changed, after->names()[e.stated], below)) continue;
        if (auto done = merge(inner, made, stated[e.stated], below); !done) return done;
    }
    to = std::move(out);
    return {};
}

BERTH_DECL auto document_removal::remove(slot const& at, boost::json::value& value, field_set const& fields)
    -> void {
    if (fields.empty()) return;
    auto const list = at.how == relation::set || at.how == relation::keyed;
    if (list && value.is_array()) {
        remove_from_list(at, value.get_array(), fields);
        if (value.get_array().empty()) value = nullptr;
    } else if (at.how == relation::leaf) {
        if (value.is_object() || value.is_array()) value = nullptr;
    } else if (value.is_object()) {
        auto& object = value.get_object();
        erase_members_if(object, [&](boost::json::key_value_pair& m) {
            auto const name = text_view(m.key());
            auto const* const found = fields.find(path_element::field(name));
            if (found == nullptr) return false;
            if (!found->member) remove(at.member(name), m.value(), found->below);
            return found->member;
        });
        if (object.empty() && !at.kind) value = nullptr;
    }
}

BERTH_DECL auto document_removal::remove_from_list(slot const& at, boost::json::array& list,
                                                   field_set const& fields) -> void {
    erase_elements_if(list, [&](boost::json::value& element) {
        auto const name = look_.element_name(at, view::of(element));
        auto const* const found = name ? fields.find(*name) : nullptr;
        if (found == nullptr) return false;
        if (!found->member) remove(at.element(), element, found->below);
        return found->member;
    });
}

} // namespace berth::object::detail

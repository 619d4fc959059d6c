#pragma once

/// \file
/// The bodies of `berth/object/detail/stated_reader.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/go_value.hpp>
#include <berth/object/detail/stated_reader.hpp>
#include <berth/object/told_paths.hpp>

#include <algorithm>

namespace berth::object::detail {

/// A value as Go's `%#v` prints it.
inline auto go_syntax(boost::json::value const& value) -> std::string {
    if (value.is_null()) return "interface {}(nil)";
    if (value.is_string()) return go_quoted(text_view(value.get_string()));
    auto out = std::string(go_type(value)) + "{";
    if (value.is_array()) {
        for (auto const& element : value.get_array()) {
            if (out.back() != '{') out += ", ";
            out += go_syntax(element);
        }
        return out += '}';
    }
    if (!value.is_object()) return go_value(value);
    for (auto const& member : value.get_object()) {
        if (out.back() != '{') out += ", ";
        ((out += go_quoted(text_view(member.key()))) += ':') += go_syntax(member.value());
    }
    return out += '}';
}

/// A value in a message: no longer than a message should be.
inline auto told(std::string text) -> std::string {
    if (text.size() > told_paths::most_text) text.resize(told_paths::most_text);
    return text;
}

BERTH_DECL auto stated_reader::step::shown() const -> std::string {
    auto steps = std::vector<step const*>();
    for (auto const* s = this; s != nullptr && s->up != nullptr; s = s->up) steps.push_back(s);
    std::reverse(steps.begin(), steps.end());
    auto out = std::string();
    for (auto const* s : steps) {
        if (s->element != nullptr) out += s->element->shown();
        else if (s->member.data() != nullptr) (out += '.') += s->member;
        else ((out += '[') += std::to_string(s->index)) += ']';
    }
    return out;
}

BERTH_DECL auto stated_reader::complain(step const& here, std::string why) -> void {
    if (told_.size() >= told_paths::most || size_ >= told_paths::most_text) return;
    auto where = here.shown();
    told_.push_back(where.empty() ? std::move(why) : where + ": " + why);
    size_ += told_.back().size();
}

BERTH_DECL auto stated_reader::complaints() const -> result<void> {
    if (told_.empty()) return {};
    if (told_.size() == 1) return fail(error_code::invalid, told_.front());
    auto out = std::string("errors:");
    for (auto const& one : told_) (out += "\n  ") += one;
    return fail(error_code::invalid, std::move(out));
}

BERTH_DECL auto stated_reader::read_document(type_info const& type, boost::json::object const& document)
    -> field_set {
    auto out = field_set();
    read_members(whole_slot(type), document, step{}, &out);
    return out;
}

BERTH_DECL auto stated_reader::check(type_info const& type, boost::json::object const& document) -> void {
    repeats_ = true;
    read_members(whole_slot(type), document, step{}, nullptr);
}

BERTH_DECL auto stated_reader::read(slot const& at, boost::json::value const& value, step const& here,
                                    field_set* fields) -> bool {
    if (value.is_null()) return true;
    switch (at.how) {
    case relation::leaf: read_leaf(at, value, here); return true;
    case relation::set:
    case relation::keyed: read_list(at, value, here, fields); return false;
    case relation::granular: return read_map(at, value, here, fields);
    case relation::deduced: return !value.is_object() || read_map(at, value, here, fields);
    }
    return true;
}

BERTH_DECL auto stated_reader::read_leaf(slot const& at, boost::json::value const& value, step const& here)
    -> void {
    switch (at.holds()) {
    case content::list: return read_atomic_list(at, value, here);
    case content::map: read_map(at, value, here, nullptr); return;
    default: read_scalar(at, value, here);
    }
}

BERTH_DECL auto stated_reader::read_scalar(slot const& at, boost::json::value const& value, step const& here)
    -> void {
    auto const wanted = at.holds();
    if (wanted == content::number && !value.is_number())
        complain(here, "expected numeric (int or float), got " + std::string(go_type(value)));
    else if (wanted == content::text && !value.is_string())
        complain(here, told("expected string, got &value.valueUnstructured{Value:" + go_syntax(value)) + "}");
    else if (wanted == content::boolean && !value.is_bool())
        complain(here, told("expected boolean, got &{" + go_value(value)) + "}");
}

BERTH_DECL auto stated_reader::read_map(slot const& at, boost::json::value const& value, step const& here,
                                        field_set* fields) -> bool {
    if (!value.is_object()) {
        complain(here, told("expected map, got &{" + go_value(value)) + "}");
        return true;
    }
    read_members(at, value.get_object(), here, fields);
    return value.get_object().empty();
}

BERTH_DECL auto stated_reader::read_members(slot const& at, boost::json::object const& object,
                                            step const& here, field_set* fields) -> void {
    if (fields != nullptr) fields->reserve(object.size());
    for (auto const& m : object) {
        auto const name = text_view(m.key());
        if (at.kind && (name == "apiVersion" || name == "kind")) continue;
        auto const next = step{&here, name};
        auto const declared = at.declares(name);
        if (!at.takes(name)) {
            complain(next, "field not declared in schema");
            break;
        }
        auto below = field_set();
        auto const itself = read(at.member(name), m.value(), next, fields == nullptr ? nullptr : &below);
        if (fields != nullptr) fields->add(path_element::field(name), itself || !declared, std::move(below));
    }
    if (fields != nullptr) fields->finish();
}

BERTH_DECL auto stated_reader::read_atomic_list(slot const& at, boost::json::value const& value,
                                                step const& here) -> void {
    if (!value.is_array()) return complain(here, told("expected list, got &{" + go_value(value)) + "}");
    auto const inner = at.element();
    for (std::size_t n = 0; n < value.get_array().size(); ++n)
        read(inner, value.get_array()[n], step{&here, {}, nullptr, n}, nullptr);
}

BERTH_DECL auto stated_reader::read_list(slot const& at, boost::json::value const& value, step const& here,
                                         field_set* fields) -> void {
    if (!value.is_array()) return complain(here, told("expected list, got &{" + go_value(value)) + "}");
    auto const inner = at.element();
    auto names = std::vector<path_element>();
    names.reserve(value.get_array().size());
    if (fields != nullptr) fields->reserve(value.get_array().size());
    for (auto const& element : value.get_array()) {
        auto name = look_.element_name(at, view::of(element));
        if (!name)
            return complain(here, "element " + std::to_string(names.size()) + ": " + name.error().message);
        names.push_back(*std::move(name));
        auto const next = step{&here, {}, &names.back()};
        auto below = field_set();
        read(inner, element, next, fields == nullptr ? nullptr : &below);
        if (fields != nullptr) fields->add(names.back(), true, std::move(below));
    }
    if (fields != nullptr) fields->finish();
    auto const index = element_index(std::move(names));
    for (std::size_t n = 0; n < index.names().size() && !repeats_; ++n)
        if (!index.is_first(n)) complain(here, "duplicate entries for key " + index.names()[n].shown());
}

BERTH_DECL auto stated_reader::expectation::below(field_set::node const* wanted, field_set::node const* never)
    -> expectation {
    static auto const nothing = field_set();
    return {wanted == nullptr ? nothing : wanted->below, never == nullptr ? nothing : never->below};
}

BERTH_DECL auto stated_reader::states(type_info const& type, boost::json::object const& document,
                                      field_set const& wanted, field_set const& never) -> bool {
    return states_members(whole_slot(type), document, step{}, {wanted, never}) && told_.empty();
}

BERTH_DECL auto stated_reader::states(slot const& at, boost::json::value const& value, step const& here,
                                      expectation e) -> std::optional<bool> {
    auto const if_right = [](bool right, bool itself) {
        return right ? std::optional(itself) : std::nullopt;
    };
    if (value.is_null()) return if_right(e.wanted.empty(), true);
    if (at.how == relation::set || at.how == relation::keyed)
        return if_right(value.is_array() && states_elements(at, value.get_array(), here, e), false);
    if (at.how == relation::leaf) {
        read_leaf(at, value, here);
        return if_right(e.wanted.empty(), true);
    }
    if (value.is_object())
        return if_right(states_members(at, value.get_object(), here, e), value.get_object().empty());
    return if_right(at.how == relation::deduced && e.wanted.empty(), true);
}

BERTH_DECL auto stated_reader::states_members(slot const& at, boost::json::object const& object,
                                              step const& here, expectation e) -> bool {
    auto found = std::size_t{0};
    for (auto const& m : object) {
        auto const name = text_view(m.key());
        if (at.kind && (name == "apiVersion" || name == "kind")) continue;
        if (!at.takes(name)) return false;
        auto const* const wanted = e.wanted.find_member(name);
        auto const* const never = e.never.find_member(name);
        auto const itself =
            states(at.member(name), m.value(), step{&here, name}, expectation::below(wanted, never));
        if (!itself) return false;
        auto const member = (*itself || !at.declares(name)) && (never == nullptr || !never->member);
        if (member != (wanted != nullptr && wanted->member)) return false;
        if (wanted != nullptr) ++found;
    }
    return found == e.wanted.nodes().size();
}

BERTH_DECL auto stated_reader::states_elements(slot const& at, boost::json::array const& array,
                                               step const& here, expectation e) -> bool {
    auto const& nodes = e.wanted.nodes();
    if (array.size() != nodes.size()) return false;
    auto const inner = at.element();
    auto seen = std::vector<bool>(nodes.size());
    for (auto const& element : array) {
        auto const name = look_.element_name(at, view::of(element));
        auto const* const wanted = name ? e.wanted.find(*name) : nullptr;
        if (wanted == nullptr || !wanted->member) return false;
        auto const place = static_cast<std::size_t>(wanted - nodes.data());
        if (seen[place]) return false;
        seen[place] = true;
        auto const* const never = e.never.find(*name);
        if (never != nullptr && never->member) return false;
        if (!states(inner, element, step{&here, {}, &*name}, expectation::below(wanted, never))) return false;
    }
    return true;
}

} // namespace berth::object::detail

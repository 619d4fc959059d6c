#pragma once

/// \file
/// A kind of object as data: what it is called, how it behaves in the API, how it is shown. The server, the
/// discovery documents, OpenAPI and the tables all read this description; adding a kind is describing it.

#include <berth/api/validation.hpp>
#include <berth/core/time.hpp>
#include <berth/object/any_object.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api {

/// A column of the table that `kubectl get` shows.
struct column {
    std::string_view name;
    std::string_view type = "string"; ///< `string`, `integer`, ...
    std::string_view format = "";     ///< `name` for the name
    int priority = 0;                 ///< 1: only with `-o wide`
    std::string_view description = "";
};

/// A cell of a table.
using cell = std::variant<std::string, std::int64_t, bool>;

/// A row of a table: its cells, in the order of the columns.
struct table_row {
    std::vector<cell> cells;
    std::string condition_reason; ///< of the row's `Completed` condition (a finished pod); empty: none
    std::string condition_message;
};

/// A field that field selectors may name, and how it is read.
template <class T> struct field_label {
    std::string_view label;
    auto (*value)(T const&) -> std::string;
};

/// What counts as a new generation of an object.
enum class generation_rule : std::uint8_t {
    none,                 ///< the kind has none
    first,                ///< 1, for ever
    spec,                 ///< a change of `spec`
    spec_and_annotations, ///< also one of the annotations
};

/// How a deletion treats dependents when the request does not say.
enum class default_propagation : std::uint8_t { background, orphan };

/// The scale of a kind that has the `scale` subresource.
struct scale_state {
    std::int32_t desired = 0;
    std::int32_t current = 0;
    std::string selector; ///< in text form
};

/// An update of a part of an object through a subresource of its own, such as `status` or `finalize`:
/// `prepare` carries everything over that the part may not change.
template <class T> struct part_of {
    std::string_view name;
    auto (*prepare)(T& now, T const& before) -> void = nullptr;
    auto (*validate)(T const& now, T const& before, field_errors&) -> void = nullptr;
};

/// A subresource that is an action: a body of another kind is posted to it and changes the object.
template <class T> struct action_of {
    std::string_view name; ///< e.g. `binding`
    object::type_info const* body = nullptr;
    auto (*apply)(T& object, void const* body, time_point now) -> result<void> = nullptr;
};

/// A kind's description with typed functions; `make_kind` turns it into a `kind`. All functions may be
/// absent.
template <object::kind_type T> struct kind_of {
    std::vector<std::string_view> short_names = {};
    std::vector<std::string_view> categories = {};
    std::vector<std::string_view> verbs = {"create", "delete", "deletecollection", "get",
                                           "list",   "patch",  "update",           "watch"};
    /// Subresources besides `status` and `scale`, e.g. `log`, `binding`; for discovery.
    std::vector<std::string_view> subresources = {};
    generation_rule generation = generation_rule::none;
    bool unconditional_update = true; ///< an update without a revision overwrites
    bool create_on_update = false;    ///< an update of an absent object creates it
    default_propagation propagation = default_propagation::background;
    bool returns_deleted = false; ///< a deletion answers the object and not a `Status`

    auto (*set_defaults)(T&) -> void = nullptr;
    /// Before an object is created: clear what only the system sets. (The status is cleared anyway.)
    auto (*prepare_create)(T&) -> void = nullptr;
    /// Before an update: carry over what the update may not change. (The status is carried over anyway.)
    auto (*prepare_update)(T& now, T const& before) -> void = nullptr;
    /// Before an update of the status. (Everything but the status is carried over anyway.)
    auto (*prepare_status)(T& now, T const& before) -> void = nullptr;
    auto (*validate)(T const&, field_errors&) -> void = nullptr;
    auto (*validate_update)(T const& now, T const& before, field_errors&) -> void = nullptr;
    auto (*validate_status)(T const& now, T const& before, field_errors&) -> void = nullptr;
    /// Sentences to warn the writer with, though the object is accepted.
    auto (*warnings)(T const& now, T const* before) -> std::vector<std::string> = nullptr;
    /// The grace period of a deletion in seconds, given what was asked for; nothing: delete at once.
    auto (*grace)(T const&, std::optional<std::int64_t> asked) -> std::optional<std::int64_t> = nullptr;
    /// Whether the object itself says that its deletion must wait (besides its finalizers).
    auto (*held)(T const&) -> bool = nullptr;
    /// What else changes when a held object's deletion is asked for.
    auto (*mark_deleting)(T&) -> void = nullptr;
    /// Parts besides `status` that are written through subresources.
    std::vector<part_of<T>> parts = {};
    std::vector<action_of<T>> actions = {};
    std::vector<field_label<T>> field_labels = {};
    std::vector<column> columns = {};
    auto (*row)(T const&, time_point now) -> table_row = nullptr;
    auto (*scale)(T const&) -> scale_state = nullptr;
    auto (*set_scale)(T&, std::int32_t) -> void = nullptr;
};

/// See `part_of`.
struct part {
    std::string_view name;
    std::function<void(void*, void const*)> prepare;
    std::function<void(void const*, void const*, field_errors&)> validate;
};

/// See `action_of`.
struct action {
    std::string_view name;
    object::type_info const* body = nullptr;
    std::function<result<void>(void*, void const*, time_point)> apply;
};

/// A kind's description, its types erased. See `kind_of` for the meanings.
struct kind {
    object::resource_name const* resource = nullptr;
    object::type_info const* type = nullptr;
    std::vector<std::string_view> short_names;
    std::vector<std::string_view> categories;
    std::vector<std::string_view> verbs;
    std::vector<std::string_view> subresources;
    generation_rule generation = generation_rule::none;
    bool unconditional_update = true;
    bool create_on_update = false;
    default_propagation propagation = default_propagation::background;
    bool returns_deleted = false;
    object::field_info const* spec = nullptr;   ///< the `spec` member, if any
    object::field_info const* status = nullptr; ///< the `status` member, if any

    std::function<void(void*)> set_defaults;
    std::function<void(void*)> prepare_create;
    std::function<void(void*, void const*)> prepare_update;
    std::function<void(void const*, field_errors&)> validate;
    std::function<void(void const*, void const*, field_errors&)> validate_update;
    std::function<std::vector<std::string>(void const*, void const*)> warnings;
    std::function<std::optional<std::int64_t>(void const*, std::optional<std::int64_t>)> grace;
    std::function<bool(void const*)> held;
    std::function<void(void*)> mark_deleting;
    std::vector<part> parts;
    std::vector<action> actions;
    std::vector<std::pair<std::string_view, std::function<std::string(void const*)>>> field_labels;
    bool own_labels = false; ///< some of them are not `metadata.name` or `metadata.namespace`
    std::vector<column> columns;
    std::function<table_row(void const*, time_point)> row;
    std::function<scale_state(void const*)> scale;
    std::function<void(void*, std::int32_t)> set_scale;

    /// The value of a field that selectors may name, or nothing if there is no such label.
    [[nodiscard]] auto field_value(void const* object, std::string_view label) const
        -> std::optional<std::string> {
        for (auto const& [name, read] : field_labels)
            if (name == label) return read(object);
        return std::nullopt;
    }
    /// The part that is written through a subresource, or null.
    [[nodiscard]] auto find_part(std::string_view name) const -> part const* {
        for (auto const& p : parts)
            if (p.name == name) return &p;
        return nullptr;
    }
    [[nodiscard]] auto find_action(std::string_view name) const -> action const* {
        for (auto const& a : actions)
            if (a.name == name) return &a;
        return nullptr;
    }
    [[nodiscard]] auto has_verb(std::string_view verb) const -> bool {
        for (auto const v : verbs)
            if (v == verb) return true;
        return false;
    }
    [[nodiscard]] auto knows_field(std::string_view label) const -> bool {
        for (auto const& [name, read] : field_labels)
            if (name == label) return true;
        return false;
    }
};

namespace detail {

/// A function of `T const&`, `T&` and others as one of `void const*`, `void*` and the same others.
template <class R, class T, class... Rest> auto erase(auto (*f)(T&, Rest...)->R) {
    using pointer = std::conditional_t<std::is_const_v<T>, void const*, void*>;
    return std::function<R(pointer, Rest...)>(
        [f](pointer p, Rest... rest) -> R { return f(*static_cast<T*>(p), std::forward<Rest>(rest)...); });
}

template <class T> using change = auto (*)(T&, T const&) -> void;

template <class T> auto erase_change(change<T> f) -> std::function<void(void*, void const*)> {
    if (f == nullptr) return {};
    return [f](void* now, void const* before) { f(*static_cast<T*>(now), *static_cast<T const*>(before)); };
}

template <class T>
auto erase_check(auto (*f)(T const&, T const&, field_errors&)->void)
    -> std::function<void(void const*, void const*, field_errors&)> {
    if (f == nullptr) return {};
    return [f](void const* now, void const* before, field_errors& errors) {
        f(*static_cast<T const*>(now), *static_cast<T const*>(before), errors);
    };
}

template <object::kind_type T> auto erase_labels(kind& k, std::vector<field_label<T>> const& labels) -> void {
    k.field_labels.emplace_back("metadata.name", [type = k.type](void const* p) {
        return reinterpret_cast<object::meta const*>(static_cast<char const*>(p) + type->metadata)->name;
    });
    if (k.resource->namespaced || labels.empty())
        k.field_labels.emplace_back("metadata.namespace", [type = k.type](void const* p) {
            return reinterpret_cast<object::meta const*>(static_cast<char const*>(p) + type->metadata)
                ->namespace_;
        });
    k.own_labels = !labels.empty();
    for (auto const& l : labels) k.field_labels.emplace_back(l.label, erase(l.value));
}

} // namespace detail

/// The erased description of a kind.
template <object::kind_type T> [[nodiscard]] auto make_kind(kind_of<T> d) -> kind {
    auto k = kind{};
    k.resource = &T::resource;
    k.type = &object::type_of<T>();
    k.short_names = std::move(d.short_names);
    k.categories = std::move(d.categories);
    k.verbs = std::move(d.verbs);
    k.subresources = std::move(d.subresources);
    k.generation = d.generation;
    k.unconditional_update = d.unconditional_update;
    k.create_on_update = d.create_on_update;
    k.propagation = d.propagation;
    k.returns_deleted = d.returns_deleted;
    k.spec = k.type->field("spec");
    k.status = k.type->field("status");
    if (d.set_defaults) k.set_defaults = detail::erase(d.set_defaults);
    if (d.prepare_create) k.prepare_create = detail::erase(d.prepare_create);
    k.prepare_update = detail::erase_change<T>(d.prepare_update);
    if (d.validate) k.validate = detail::erase(d.validate);
    k.validate_update = detail::erase_check<T>(d.validate_update);
    if (k.status != nullptr)
        k.parts.push_back(
            {"status", detail::erase_change<T>(d.prepare_status), detail::erase_check<T>(d.validate_status)});
    for (auto const& p : d.parts)
        k.parts.push_back({p.name, detail::erase_change<T>(p.prepare), detail::erase_check<T>(p.validate)});
    for (auto const& a : d.actions) k.actions.push_back({a.name, a.body, detail::erase(a.apply)});
    if (auto const warnings = d.warnings)
        k.warnings = [warnings](void const* now, void const* before) {
            return warnings(*static_cast<T const*>(now), static_cast<T const*>(before));
        };
    if (d.grace) k.grace = detail::erase(d.grace);
    if (d.held) k.held = detail::erase(d.held);
    if (d.mark_deleting) k.mark_deleting = detail::erase(d.mark_deleting);
    detail::erase_labels<T>(k, d.field_labels);
    k.columns = std::move(d.columns);
    if (d.row) k.row = detail::erase(d.row);
    if (d.scale) k.scale = detail::erase(d.scale);
    if (d.set_scale) k.set_scale = detail::erase(d.set_scale);
    return k;
}

} // namespace berth::api

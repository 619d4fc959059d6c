#pragma once

/// \file
/// A kind of object as data: what it is called, how it behaves in the API, how it is shown. The server, the
/// discovery documents, OpenAPI and the tables all read this description; adding a kind is describing it.

#include <berth/api/admission_world.hpp>
#include <berth/api/detail/hook.hpp>
#include <berth/api/object_meta.hpp>
#include <berth/api/subresource.hpp>
#include <berth/api/table_column.hpp>
#include <berth/api/validation.hpp>
#include <berth/api/verb.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/object/any_object.hpp>

#include <boost/json/fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api {

/// What counts as a new generation of an object.
enum class generation_rule : std::uint8_t {
    none,                 ///< the kind has none
    first,                ///< 1, for ever
    spec,                 ///< a change of `spec`
    content,              ///< a change of anything but the metadata and the status
    spec_and_annotations, ///< also one of the annotations
};

/// How a deletion treats dependents when the request does not say.
enum class default_propagation : std::uint8_t { background, orphan };

/// A field that field selectors may name, and how it is read.
template <class T> struct field_label_of {
    using self = detail::self_of<T>;

    std::string_view label;
    typename self::template function<std::string(typename self::view)> value{};
};
template <class T> using field_label = field_label_of<T>;

/// What a version of a kind is stored as, where that is another version: how objects become it and come back.
struct conversion {
    object::type_info const* stored = nullptr; ///< null: as it is, or as any type that `from_stored` takes
    detail::hook<result<object::any_object>(object::any_object const&)> to_stored{};
    detail::hook<result<object::any_object>(object::any_object const&)> from_stored{};
};

/// The conversion of a version `T` that is stored as a version `S`, by two functions of values.
template <object::kind_type T, object::kind_type S, class To, class From>
[[nodiscard]] auto stored_as(To to, From from) -> conversion {
    return {.stored = &object::type_of<S>(),
            .to_stored = [to](object::any_object const& o) -> result<object::any_object> {
                return object::any_object(S(to(o.as<T>())));
            },
            .from_stored = [from](object::any_object const& o) -> result<object::any_object> {
                return object::any_object(T(from(o.as<S>())));
            }};
}

/// What of a kind's description does not speak of its type.
struct kind_rules {
    std::vector<std::string_view> short_names = {};
    std::vector<std::string_view> categories = {};
    verb_list verbs = all_verbs();
    generation_rule generation = generation_rule::none;
    bool unconditional_update = true; ///< an update without a revision overwrites
    bool create_on_update = false;    ///< an update of an absent object creates it
    default_propagation propagation = default_propagation::background;
    std::string_view default_propagation_note = {}; ///< warns who deletes without saying what of dependents
    std::string_view deprecation = {};              ///< warns whoever asks for anything of the kind
    bool returns_deleted = false;                   ///< a deletion answers the object and not a `Status`
    bool keeps_status =
        false; ///< a new object has the status that its creator gives it; of others it is cleared
    metadata_rules metadata = {};
    conversion storage = {}; ///< what objects are stored as, if not as they are
};

/// A kind's description: with typed functions where it is written (`kind_of<pod>`), with erased ones where it
/// is kept (`kind`). All functions may be absent.
template <class T> struct basic_kind : kind_rules {
    using self = detail::self_of<T>;
    using change = typename self::change; ///< `T&`
    using view = typename self::view;     ///< `T const&`
    template <class S> using function = typename self::template function<S>;

    function<void(change)> set_defaults = {};
    /// Before an object is created: clear what only the system sets. (The status is cleared before.)
    function<void(change)> prepare_create = {};
    /// Before an update: carry over what the update may not change. (The status is carried over anyway.)
    function<void(change now, view before)> prepare_update = {};
    function<void(view, field_errors&)> validate = {};
    function<void(view now, view before, field_errors&)> validate_update = {};
    /// Sentences to warn the writer with, though the object is accepted. `before`: null for a new object.
    function<std::vector<std::string>(view now, typename self::maybe before)> warnings = {};
    /// The grace period of a deletion in seconds, given what was asked for; nothing: delete at once.
    function<std::optional<std::int64_t>(view, std::optional<std::int64_t> asked)> grace = {};
    /// Whether the object itself says that its deletion must wait (besides its finalizers).
    function<bool(view)> held = {};
    /// What else changes when a held object's deletion is asked for.
    function<void(change)> mark_deleting = {};

    /// For kinds that are not stored. What a creation answers (reviews).
    function<result<object::any_object>(view, action_context const&)> review = {};
    /// What there is at the moment (component statuses).
    function<result<std::vector<object::any_object>>(action_context const&)> present = {};
    /// One of these, where it can be told without making all. Errors: `not_found`.
    function<result<object::any_object>(object::key const&, action_context const&)> present_one = {};

    std::vector<field_label_of<T>> field_labels = {};
    std::vector<column_of<T>> columns = {};
    /// Of objects that have run their course.
    function<row_condition(view)> completion = {};
};

/// A kind's description as it is written. `status` is a subresource of every kind that has such a member; the
/// other functions say what is special about it.
template <object::kind_type T> struct kind_of : basic_kind<T> {
    /// Before an update of the status. (Everything but the status and metadata stays as it is.)
    auto (*prepare_status)(T& now, T const& before) -> void = nullptr;
    auto (*validate_status)(T const& now, T const& before, field_errors&) -> void = nullptr;
    subresource_list<T> subresources = {}; ///< besides `status`
};

/// What is particular about a kind whose documents are looked at before they become objects: those of custom
/// kinds are kept as documents, and read through a schema that they may break.
struct document_rules {
    /// Makes a document that comes in fit: what the schema does not describe goes, and is told by its path;
    /// defaults come. Errors: `bad_request`, for metadata of embedded objects that are none.
    detail::hook<result<std::vector<std::string>>(boost::json::object&)> admit{};
    /// What a document that says another version of the kind loses as it is read by that version's schema, by
    /// path; all but its metadata, if there is no such version. Null: such documents are not read.
    detail::hook<std::vector<std::string>(std::string_view version, boost::json::object const&)> lost{};
    /// Whether it is told that a member, by its path, occurs twice in a document; null: always.
    bool (*tells_twice)(std::string_view path) = nullptr;
    /// Objects keep whatever `admit` has left of a document, also what their type does not describe.
    bool open = false;
    std::string_view schema{};       ///< OpenAPI v3 of a document, in JSON; empty: what the type says
    std::string_view storage_hash{}; ///< tells clients when the stored version changes; empty: it is not told
    std::string_view list_kind{};    ///< of lists; empty: the kind and `List`

    explicit operator bool() const { return static_cast<bool>(admit); }
};

/// A kind's description, its types erased.
struct kind : basic_kind<void> {
    object::resource_name const* resource = nullptr;
    object::type_info const* type = nullptr;
    object::field_info const* spec = nullptr;   ///< the `spec` member, if any
    object::field_info const* status = nullptr; ///< the `status` member, if any
    std::vector<subresource> subresources;      ///< in the order of their names
    document_rules documents;                   ///< how documents come in
    bool own_labels = false; ///< some field labels are not `metadata.name` or `metadata.namespace`
    /// Owns what the description refers to, where that is not constant: a name, a type made at run time.
    std::shared_ptr<void const> owner;

    kind() = default;
    /// A kind of which nothing is said but its type: objects are kept as they are, and their status, if they
    /// have one, is written by itself.
    explicit kind(object::type_info const& described);
    template <object::kind_type T> kind(kind_of<T> const& d); // NOLINT(google-explicit-constructor)

    /// The value of a field that selectors may name, or nothing if there is no such label.
    [[nodiscard]] auto field_value(void const* object, std::string_view label) const
        -> std::optional<std::string>;
    [[nodiscard]] auto find_subresource(std::string_view name) const -> subresource const*;
    /// The part, projection, action or stream of that name, or null.
    template <class What> [[nodiscard]] auto find(std::string_view name) const -> What const* {
        auto const* const found = find_subresource(name);
        return found == nullptr ? nullptr : std::get_if<What>(&found->does);
    }
    [[nodiscard]] auto has_verb(verb v) const -> bool;
    /// Under which name objects of the kind are stored: that of the version that is stored.
    [[nodiscard]] auto kept_as() const -> object::resource_name const& {
        return storage.stored == nullptr ? *resource : *storage.stored->resource;
    }
    [[nodiscard]] auto knows_field(std::string_view label) const -> bool;
    /// Whether objects of the kind are kept. Reviews and the like are only answered.
    [[nodiscard]] auto stored() const -> bool;
    [[nodiscard]] auto metadata_of(void const* object) const -> object::meta const& {
        return *reinterpret_cast<object::meta const*>(static_cast<char const*>(object) + type->metadata);
    }

    /// Puts the subresources in the order of their names, and the labels that all kinds have first.
    auto complete() -> void;

private:
    /// What of a description is no function of its type; `of_status` is the part that is the status.
    auto describe(object::type_info const& described, kind_rules const& rules,
                  std::vector<subresource> const& special, part of_status) -> void;
};

namespace detail {

/// The functions of a description, erased.
template <class T> auto erase_functions(basic_kind<T> const& d, basic_kind<void>& k) -> void {
    k.set_defaults.bind<T>(d.set_defaults);
    k.prepare_create.bind<T>(d.prepare_create);
    k.prepare_update.bind<T>(d.prepare_update);
    k.validate.bind<T>(d.validate);
    k.validate_update.bind<T>(d.validate_update);
    k.warnings.bind<T>(d.warnings);
    k.grace.bind<T>(d.grace);
    k.held.bind<T>(d.held);
    k.mark_deleting.bind<T>(d.mark_deleting);
    k.review.bind<T>(d.review);
    k.present.bind<T>(d.present);
    k.present_one.bind<T>(d.present_one);
    k.completion.bind<T>(d.completion);
    for (auto const& l : d.field_labels) k.field_labels.push_back({l.label, erase<T>(l.value)});
    for (auto const& c : d.columns)
        k.columns.push_back({c.name, erase<T>(c.value), c.type, c.format, c.priority, c.description});
}

} // namespace detail

template <object::kind_type T> kind::kind(kind_of<T> const& d) {
    describe(object::type_of<T>(), d, d.subresources.erased(),
             {.name = "status",
              .prepare = detail::erase<T>(d.prepare_status),
              .validate = detail::erase<T>(d.validate_status)});
    detail::erase_functions<T>(d, *this);
    complete();
}

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/kind.ipp>
#endif

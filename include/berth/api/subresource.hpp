#pragma once

/// \file
/// Subresources as data: what they are called, what can be asked of them, and what they do.

#include <berth/api/admission_world.hpp>
#include <berth/api/age.hpp>
#include <berth/api/detail/hook.hpp>
#include <berth/api/scale.hpp>
#include <berth/api/table_column.hpp>
#include <berth/api/validation.hpp>
#include <berth/api/verb.hpp>
#include <berth/core/config.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api {

/// A part of an object that is written by itself, such as `status` or `finalize`.
template <class T> struct part_of {
    using self = detail::self_of<T>;
    template <class S> using function = typename self::template function<S>;

    std::string_view name;
    /// Carries everything over that the part may not change.
    function<void(typename self::change now, typename self::view before)> prepare{};
    function<void(typename self::view now, typename self::view before, field_errors&)> validate{};
    /// The member that is the part: all others stay as they are. Null: what `prepare` lets pass.
    object::field_info const* member = nullptr;
    /// Whether it is read and patched as well. (A part that is a member always is.)
    bool readable = false;
};

/// An object of another kind in which some of an object is read and written, such as `scale`.
template <class T> struct projection_of {
    using self = detail::self_of<T>;
    template <class S> using function = typename self::template function<S>;

    std::string_view name;
    object::type_info const* type = nullptr;
    /// What it is of an object, without the metadata, which follow those of the object. Errors: `internal`,
    /// of an object that has none.
    function<result<object::any_object>(typename self::view)> read{};
    /// Writes what was asked for into an object, or says what is wrong with it.
    function<void(typename self::change, void const* asked, field_errors&)> write{};
    std::vector<column> columns{}; ///< over the projection
};

/// A body of another kind is posted to it and does something to the object: `binding`, `eviction`, `token`.
template <class T> struct action_of {
    using self = detail::self_of<T>;
    template <class S> using function = typename self::template function<S>;

    std::string_view name;
    object::type_info const* body = nullptr;
    /// Changes the object, or answers why not. An object in the answer is given back to the one who asks.
    function<result<object::any_object>(typename self::change, void const* body, action_context const&)>
        apply{};
};

/// What flows through a stream.
enum class stream_content : std::uint8_t { log, exec, attach, port_forward, proxy };

/// Bytes that flow between the one who asks and the object; the network front connects them.
struct stream_subresource {
    std::string_view name;
    stream_content content = stream_content::log;
    verb_list verbs{verb::get};
    object::resource_name const* options = nullptr; ///< the kind of its options; null: the object's own
};

/// The log of a pod.
[[nodiscard]] inline auto log_subresource() -> stream_subresource { return {.name = "log"}; }

using part = part_of<void>;
using projection = projection_of<void>;
using action = action_of<void>;

/// A subresource, its types erased.
struct subresource {
    std::string_view name;
    verb_list verbs;
    object::resource_name const* shown_as =
        nullptr; ///< the kind that it takes and gives; null: the object's own
    std::variant<part, projection, action, stream_subresource> does;

    [[nodiscard]] auto has_verb(verb v) const -> bool;
};

namespace detail {

BERTH_DECL auto as_subresource(part p) -> subresource;
BERTH_DECL auto as_subresource(projection p) -> subresource;
BERTH_DECL auto as_subresource(action a) -> subresource;
BERTH_DECL auto as_subresource(stream_subresource const& s) -> subresource;

} // namespace detail

/// A subresource of objects of type `T`: one of the four above, its types erased as soon as it is given.
template <class T> struct subresource_of : subresource {
    subresource_of(part_of<T> const& p) // NOLINT(google-explicit-constructor)
        : subresource(detail::as_subresource(part{p.name, detail::erase<T>(p.prepare),
                                                  detail::erase<T>(p.validate), p.member, p.readable})) {}
    subresource_of(projection_of<T> const& p) // NOLINT(google-explicit-constructor)
        : subresource(detail::as_subresource(
              projection{p.name, p.type, detail::erase<T>(p.read), detail::erase<T>(p.write), p.columns})) {}
    subresource_of(action_of<T> const& a) // NOLINT(google-explicit-constructor)
        : subresource(detail::as_subresource(action{a.name, a.body, detail::erase<T>(a.apply)})) {}
    subresource_of(stream_subresource const& s) // NOLINT(google-explicit-constructor)
        : subresource(detail::as_subresource(s)) {}
};

/// The subresources of objects of type `T`.
template <class T> class subresource_list {
public:
    subresource_list() = default;
    subresource_list(std::initializer_list<subresource_of<T>> all) : all_(all.begin(), all.end()) {}
    [[nodiscard]] auto erased() const -> std::vector<subresource> const& { return all_; }

private:
    std::vector<subresource> all_;
};

/// The scale of an object.
struct scale_state {
    std::int32_t desired = 0;
    std::int32_t current = 0;
    std::string selector; ///< in text form
};

namespace detail {

/// How a scale is shown.
BERTH_DECL auto scale_columns() -> std::vector<column>;

} // namespace detail

/// The `scale` of objects of type `T`, by two functions that read and write it.
template <auto Read, auto Write, class T> [[nodiscard]] auto scale_subresource() -> projection_of<T> {
    return {.name = "scale",
            .type = &object::type_of<scale>(),
            .read = [](T const& o) -> result<object::any_object> {
                auto const state = Read(o);
                auto out = scale{};
                out.spec.replicas = state.desired;
                out.status.replicas = state.current;
                out.status.selector = state.selector;
                return object::any_object(std::move(out));
            },
            .write =
                [](T& o, void const* asked, field_errors& errors) {
                    auto const wanted = static_cast<scale const*>(asked)->spec.replicas;
                    auto const spec = field_path("spec");
                    if (wanted < 0)
                        errors.invalid(spec.child("replicas"), wanted, "must be greater than or equal to 0");
                    else Write(o, wanted);
                },
            .columns = detail::scale_columns()};
}

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/subresource.ipp>
#endif

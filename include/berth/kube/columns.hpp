#pragma once

/// \file
/// What the tables of several kinds share (kubernetes 1.36, `pkg/printers/internalversion/printers.go`).

#include <berth/api/age.hpp>
#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/label_selector.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// How a column shows an object.
template <class T> using shown_as = api::cell (*)(T const&, time_point now);

/// A column that is shown always, or only with `-o wide`.
template <class T> [[nodiscard]] auto column(std::string_view name, shown_as<T> value) -> api::column_of<T> {
    return {.name = name, .value = value};
}
template <class T> [[nodiscard]] auto wide_column(std::string_view name, shown_as<T> value)
    -> api::column_of<T> {
    return {.name = name, .value = value, .priority = 1};
}
template <class T> [[nodiscard]] auto number_column(std::string_view name, shown_as<T> value)
    -> api::column_of<T> {
    return {.name = name, .value = value, .type = "integer"};
}

inline constexpr std::string_view none_shown = "<none>";

/// The text, or `<none>`.
[[nodiscard]] inline auto or_none(std::string_view text) -> std::string {
    return std::string(text.empty() ? none_shown : text);
}

/// The text, or `<unset>`.
[[nodiscard]] inline auto or_unset(object::boxed<std::string> const& text) -> std::string {
    return text ? *text : std::string("<unset>");
}

/// How long ago a time was, or `<unknown>` for the zero time.
template <class Time> [[nodiscard]] auto since(Time then, time_point now) -> std::string {
    return then.is_zero() ? "<unknown>" : api::human_duration(now - then.time());
}

/// The first column of nearly every table.
template <class T> [[nodiscard]] auto name_column(int priority = 0) -> api::column_of<T> {
    return {.name = "Name",
            .value = [](T const& o, time_point) -> api::cell { return o.metadata.name; },
            .format = "name",
            .priority = priority};
}
template <class T> [[nodiscard]] auto age_column() -> api::column_of<T> {
    return column<T>("Age", [](T const& o, time_point now) -> api::cell {
        return since(o.metadata.creation_timestamp, now);
    });
}

/// Texts with commas between.
[[nodiscard]] BERTH_DECL auto joined(std::vector<std::string> const& texts, std::string_view separator = ",")
    -> std::string;

/// ` + 2 more...`: how many of `count` things are not among the first `most`; nothing if all are.
[[nodiscard]] BERTH_DECL auto and_more(std::size_t count, std::size_t most) -> std::string;

/// `a=1,b=2`, or `<none>`.
[[nodiscard]] BERTH_DECL auto shown_labels(object::string_map const& labels) -> std::string;

[[nodiscard]] BERTH_DECL auto container_names(pod_spec const& spec) -> std::string;

[[nodiscard]] BERTH_DECL auto container_images(pod_spec const& spec) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/columns.ipp>
#endif

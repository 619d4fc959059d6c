#pragma once

/// \file
/// What the tables of several kinds share (kubernetes 1.36, `pkg/printers/internalversion/printers.go`).

#include <berth/api/age.hpp>
#include <berth/api/kind.hpp>
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
[[nodiscard]] inline auto joined(std::vector<std::string> const& texts, std::string_view separator = ",")
    -> std::string {
    auto out = std::string();
    for (auto const& t : texts) (out += out.empty() ? "" : separator) += t;
    return out;
}

/// `a=1,b=2`, or `<none>`.
[[nodiscard]] inline auto shown_labels(object::string_map const& labels) -> std::string {
    auto out = std::string();
    for (auto const& [key, value] : labels) ((out += out.empty() ? "" : ",") += key) += "=" + value;
    return or_none(out);
}

[[nodiscard]] inline auto container_names(pod_spec const& spec) -> std::string {
    auto out = std::string();
    for (auto const& c : spec.containers) (out += out.empty() ? "" : ",") += c.name;
    return out;
}

[[nodiscard]] inline auto container_images(pod_spec const& spec) -> std::string {
    auto out = std::string();
    for (auto const& c : spec.containers) (out += out.empty() ? "" : ",") += c.image;
    return out;
}

} // namespace berth::kube

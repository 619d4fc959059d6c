#pragma once

/// \file
/// The tables of roles and bindings (kubernetes 1.36, `printRole`, `printRoleBinding`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/rbac/subject.hpp>

namespace berth::kube::detail {

/// The names of the users or groups among some subjects.
[[nodiscard]] BERTH_DECL auto shown_subjects(object::list<subject> const& subjects, std::string_view kind)
    -> std::string;

} // namespace berth::kube::detail

namespace berth::kube {

/// A role's name, and when it was made.
template <class Role> [[nodiscard]] auto role_columns() -> std::vector<api::column_of<Role>> {
    auto const made = [](Role const& r, time_point) -> api::cell {
        return r.metadata.creation_timestamp.to_string();
    };
    return {name_column<Role>(), {.name = "Created At", .value = made, .type = "date"}};
}

/// Which role a binding gives, and to whom.
template <class Binding> [[nodiscard]] auto binding_columns() -> std::vector<api::column_of<Binding>> {
    return {name_column<Binding>(),
            column<Binding>("Role",
                            [](Binding const& b, time_point) -> api::cell {
                                return b.role_ref.kind + "/" + b.role_ref.name;
                            }),
            age_column<Binding>(),
            wide_column<Binding>("Users",
                                 [](Binding const& b, time_point) -> api::cell {
                                     return detail::shown_subjects(b.subjects, "User");
                                 }),
            wide_column<Binding>("Groups",
                                 [](Binding const& b, time_point) -> api::cell {
                                     return detail::shown_subjects(b.subjects, "Group");
                                 }),
            wide_column<Binding>("ServiceAccounts", [](Binding const& b, time_point) -> api::cell {
                return detail::shown_subjects(b.subjects, "ServiceAccount");
            })};
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/columns.ipp>
#endif

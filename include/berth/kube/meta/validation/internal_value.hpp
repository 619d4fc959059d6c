#pragma once

/// \file
/// Values in refusals as kube-apiserver 1.36 shows them: it validates its internal types, whose JSON has all
/// members, absent ones too, under the names that they have in Go.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/labels.hpp>

#include <utility>

namespace berth::kube::detail {

/// `hostIP` -> `HostIP`, `tty` -> `TTY`.
BERTH_DECL auto internal_name(std::string_view json) -> std::string;

/// The members of a record in the order of the internal type, which differs for volumes and security
/// contexts; the embedded metadata of templates for claims is not shown.
BERTH_DECL auto internal_order(object::type_info const& type) -> std::vector<object::field_info>;

BERTH_DECL auto append_internal(std::string& out, object::type_info const& type, void const* value) -> void;

/// A record, or a list of records, as the server's internal types show it.
template <class T> auto shown_internal(T const& value) -> shown_value {
    auto out = std::string();
    append_internal(out, object::type_of<T>(), &value);
    return shown_value::bare(std::move(out));
}

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/validation/internal_value.ipp>
#endif

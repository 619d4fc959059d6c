#pragma once

/// \file
/// Values that keep a document as it comes, as that document (`type_info::documented`).

#include <berth/core/config.hpp>
#include <berth/object/schema.hpp>

#include <boost/json/value.hpp>

namespace berth::object::detail {

/// The document in a value, which is an object, without its `apiVersion` and `kind`.
[[nodiscard]] BERTH_DECL auto document_in(type_info const& type, void const* value) -> boost::json::value;

/// Puts a document into a value, in place of what was there. Errors: `bad_request` for metadata that are
/// none.
[[nodiscard]] BERTH_DECL auto put_document(type_info const& type, void* value,
                                           boost::json::value const& document) -> result<void>;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/document_value.ipp>
#endif

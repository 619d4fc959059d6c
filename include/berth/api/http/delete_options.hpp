#pragma once

/// \file
/// The options of a deletion, from its body or from its parameters (apimachinery 1.36, `DeleteOptions`).

#include <berth/api/delete_document.hpp>
#include <berth/api/http/parameters.hpp>
#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

namespace berth::api::http {

namespace detail {

BERTH_DECL auto read_document(std::string_view body, delete_document& out) -> result<void>;

} // namespace detail

/// Reads the options of a deletion: from the body (JSON) if there is one, else from the parameters.
/// Errors: `bad_request` for what cannot be read, `invalid` for what may not be asked.
[[nodiscard]] BERTH_DECL auto read_delete_options(query const& q, std::string_view body)
    -> result<delete_options>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/delete_options.ipp>
#endif

#pragma once

/// \file
/// Patches of documents: which form, and what the real API says when one cannot be applied (apiserver 1.36,
/// `endpoints/handlers/patch.go`).

#include <berth/api/errors.hpp>
#include <berth/api/options.hpp>
#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

namespace detail {

/// What the real API says of a JSON patch that does not fit, whatever the reason.
inline auto rejected() -> std::unexpected<error> {
    return fail(error_code::invalid, "the server rejected our request due to an error in our request");
}

} // namespace detail

/// The document that a patch makes of the text of an object. Duplicate members of the patch are complained of
/// as `validation` says. Errors: `bad_request` for a malformed patch, `invalid` for one that does not fit.
[[nodiscard]] BERTH_DECL auto apply_patch(object::type_info const& type, std::string_view current,
                                          patch const& p, field_validation validation,
                                          std::vector<std::string>& notes) -> result<boost::json::object>;

/// The refusal of a patch whose outcome cannot be read as an object, in the words of the real API: with the
/// outcome, or, of a strategic merge patch, with the patch as Go prints it (kubernetes 1.36,
/// `endpoints/handlers/patch.go`). What is wrong with more than the outcome (its size) is told as it is.
/// `by_name`: the outcome is shown with its members by name, as that of a kind which is kept as a document.
[[nodiscard]] BERTH_DECL auto unreadable_outcome(patch const& p, boost::json::object const& outcome,
                                                 error const& why, bool by_name = false)
    -> std::unexpected<error>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/patching.ipp>
#endif

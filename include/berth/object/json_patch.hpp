#pragma once

/// \file
/// JSON patch (RFC 6902) with the behaviour and the words of the library that Kubernetes 1.36 uses
/// (evanphx/json-patch 4): negative array indexes count from the end, `replace` of a missing member adds it,
/// a missing member reads as null.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/detail/patched_value.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace berth::object {

/// How much a JSON patch may do. The first two are kube-apiserver's; the others keep cheap what would cost
/// the square of the request there.
struct json_patch_limits {
    std::size_t operations = 10'000;
    std::size_t copied_bytes = std::size_t{3} * 1024 * 1024; ///< sum of what `copy` copies, as JSON text
    /// Sum of the elements that stand behind those which are put into or taken out of arrays, of the values
    /// in what `move` and `copy` take, and of the bytes of keys that find another place in their object.
    std::size_t work = 16'000'000;
    std::size_t depth = json_depth_limit; ///< of what comes of it
};

/// The document after all operations of the patch, or why not: all or nothing.
/// Errors: `bad_request` for what is not a patch, `request_too_large` for too many operations or too much
/// work, `invalid` for an operation that does not apply.
/// Cost: linear in document and patch, and `limits.work`. Members may stand in another order afterwards.
[[nodiscard]] BERTH_DECL auto apply_json_patch(boost::json::value document, boost::json::value const& patch,
                                               json_patch_limits limits = {}) -> result<boost::json::value>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/json_patch.ipp>
#endif

#pragma once

/// \file
/// The parameters of a request as options of the API, and what is wrong with them, in kube-apiserver's words
/// (apimachinery 1.36, `runtime/conversion.go`, `apis/meta/v1/validation`).

#include <berth/api/errors.hpp>
#include <berth/api/fence.hpp>
#include <berth/api/http/query.hpp>
#include <berth/api/options.hpp>
#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// A whole number, refused in the words of Go's `strconv.ParseInt`. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto parse_integer(std::string_view text) -> result<std::int64_t>;

/// A parameter that is a whole number; nothing if it is absent. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto integer_parameter(query const& q, std::string_view name)
    -> result<std::optional<std::int64_t>>;

/// What a list or a watch is asked for, with the parameters that concern the connection alone.
struct list_parameters {
    list_options list;
    bool allow_bookmarks = false;
    std::optional<std::int64_t> timeout_seconds;

    [[nodiscard]] auto watch() const -> watch_options;
};

/// Reads the options of a list or a watch. What they mean together is the API's to judge. Errors:
/// `bad_request`.
[[nodiscard]] BERTH_DECL auto read_list_parameters(query const& q, std::string namespace_)
    -> result<list_parameters>;

namespace detail {

BERTH_DECL auto json_list(std::vector<std::string> const& texts) -> std::string;

BERTH_DECL auto check_dry_run(std::vector<std::string> const& asked, std::vector<error_cause>& causes)
    -> void;

} // namespace detail

/// The leadership that a write is made under (`fence`, see `api::fence`); null if there is none. Errors:
/// `bad_request`.
[[nodiscard]] BERTH_DECL auto read_fence(query const& q) -> result<shared_fence>;

/// Reads the options that all writes have into `out`; `name` is the options' kind, e.g. `CreateOptions`.
/// Field validation warns unless the request says otherwise. `more` are causes found elsewhere. Errors:
/// `invalid`.
[[nodiscard]] BERTH_DECL auto read_write_options(query const& q, std::string_view name, write_options& out,
                                                 std::vector<error_cause> more = {}) -> result<void>;

/// Reads the options of a patch. Errors: `invalid`.
[[nodiscard]] BERTH_DECL auto read_patch_options(query const& q) -> result<patch_options>;

/// Reads the options of a server-side apply, which must name a field manager. Errors: `invalid`.
[[nodiscard]] BERTH_DECL auto read_apply_options(query const& q) -> result<patch_options>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/parameters.ipp>
#endif

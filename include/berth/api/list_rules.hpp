#pragma once

/// \file
/// Which combinations of revision, match, limit and token a list or watch may have, and what they mean
/// (apimachinery 1.36, `internalversion/validation`; KEP-2340, KEP-3157).

#include <berth/api/continue_token.hpp>
#include <berth/api/errors.hpp>
#include <berth/api/options.hpp>
#include <berth/core/config.hpp>

#include <string>
#include <vector>

namespace berth::api {

/// Reads a `resourceVersion`; an empty one is 0. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto parse_revision(std::string_view text) -> result<object::revision>;

/// Errors: `invalid`, about `ListOptions`.
[[nodiscard]] BERTH_DECL auto check_list(list_options const& o) -> result<void>;

/// Errors: `invalid`, about `ListOptions`.
[[nodiscard]] BERTH_DECL auto check_watch(watch_options const& o) -> result<void>;

/// What a list is to read, decided from its options.
struct list_plan {
    object::revision at = 0;       ///< read this revision; 0: the newest
    object::revision at_least = 0; ///< the newest must have reached this one
    std::string start;             ///< key to begin with, relative to the resource; empty: the first
    std::int64_t limit = 0;
};

/// Errors: `invalid`, `bad_request`.
[[nodiscard]] BERTH_DECL auto plan_list(list_options const& o) -> result<list_plan>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/list_rules.ipp>
#endif

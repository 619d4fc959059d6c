#pragma once

/// \file
/// The keys of a cluster: who signs its certificates, and with what the tokens of its service accounts are
/// signed.

#include <berth/core/config.hpp>
#include <berth/core/credentials/authority.hpp>
#include <berth/core/credentials/private_key.hpp>
#include <berth/core/time.hpp>

#include <string>
#include <string_view>

namespace berth::credentials {

/// All of a cluster's keys. They are the cluster: who has them can be anybody in it.
struct cluster_keys {
    credentials::authority authority;
    private_key tokens;

    /// New ones. Errors: `internal`.
    [[nodiscard]] static auto make(time_point now) -> result<cluster_keys>;

    /// Those in a text of `to_text`: the authority's certificate, its key and that of the tokens, in PEM.
    /// Errors: `invalid`, with what is missing.
    [[nodiscard]] static auto from_text(std::string_view text) -> result<cluster_keys>;

    /// To be kept where nobody else can read it.
    [[nodiscard]] auto to_text() const -> std::string;
};

/// Those of a file; made, and only to be read by its owner, if there is none. Errors: `forbidden`, for a file
/// that others may read; `unavailable`, if it cannot be read or written; those of `cluster_keys`.
[[nodiscard]] BERTH_DECL auto keys_in_file(std::string const& file, time_point now) -> result<cluster_keys>;

} // namespace berth::credentials

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/credentials/cluster_keys.ipp>
#endif

#pragma once

/// \file
/// What the API over HTTP may be told.

#include <berth/api/authentication.hpp>
#include <berth/api/http/access.hpp>
#include <berth/api/http/body.hpp>
#include <berth/api/http/log.hpp>
#include <berth/api/http/page.hpp>
#include <berth/api/http/text_cache.hpp>

#include <cstddef>
#include <vector>

namespace berth::api::http {

/// What the API over HTTP needs besides an API server.
struct service_options {
    yaml_reader yaml;  ///< reads YAML bodies, e.g. `api::yaml_to_json`; empty: they are refused
    log_source logs;   ///< reads the logs of pods; empty: they cannot be read
    access_log access; ///< hears of every request when it has been answered; empty: nobody
    /// Knows bearer tokens: requests with one of its own are its bearer's, and are refused where it does not
    /// hold; requests with another token are those of nobody known, as those without one. Empty: no token is
    /// known.
    token_reader tokens = {};
    /// Further documents, at paths of their own.
    std::vector<page> pages = {};
    std::size_t kept_texts = text_cache::usual_bytes; ///< so many bytes of what was read are kept for others
};

} // namespace berth::api::http

#pragma once

/// \file
/// The bodies of `berth/core/net/pool.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/pool.hpp>

namespace berth::net {

BERTH_DECL auto make_tls(std::vector<endpoint> const& members, tls_files const& files)
    -> result<std::unique_ptr<tls_context>> {
    auto needed = false;
    for (auto const& m : members) needed = needed || m.tls;
    if (!needed) return nullptr;
    namespace ssl = boost::asio::ssl;
    auto out = std::make_unique<tls_context>(ssl::context::tls_client);
    auto ec = boost::system::error_code{};
    auto const refuse = [&](std::string const& file) {
        return fail(error_code::bad_request, "net: cannot use " + file + " for TLS: " + ec.message());
    };
    out->set_verify_mode(ssl::verify_peer);
    if (files.ca_file.empty()) out->set_default_verify_paths(ec);
    else out->load_verify_file(files.ca_file, ec);
    if (ec) return refuse(files.ca_file.empty() ? "the system's certificates" : files.ca_file);
    if (!files.cert_file.empty()) out->use_certificate_chain_file(files.cert_file, ec);
    if (ec) return refuse(files.cert_file);
    if (!files.key_file.empty()) out->use_private_key_file(files.key_file, ssl::context::pem, ec);
    if (ec) return refuse(files.key_file);
    return out;
}

} // namespace berth::net

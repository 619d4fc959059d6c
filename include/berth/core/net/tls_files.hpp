#pragma once

/// \file
/// Which files a client's TLS needs.

#include <string>

namespace berth::net {

/// Files in PEM format.
struct tls_files {
    std::string ca_file{};   ///< who vouches for the servers; empty: the system's list
    std::string cert_file{}; ///< this client's certificate, if the servers ask for one
    std::string key_file{};  ///< and its key
};

} // namespace berth::net

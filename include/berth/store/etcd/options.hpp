#pragma once

/// \file
/// How a store on etcd is reached, and how it behaves.

#include <berth/core/net/tls_files.hpp>
#include <berth/core/time.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace berth::store {

/// What becomes of the transactions of one `commit`.
enum class etcd_batching : std::uint8_t {
    /// Each is a transaction of etcd with a revision of its own, exactly like the concept says. Each is sent
    /// when the one before it is done, which keeps their order: etcd does what comes at once in any.
    pipelined,
    /// Neighbours that cannot see each other (no key that one writes is read, compared or written by another)
    /// go into one transaction of etcd, in order. One synchronization serves up to 127 of them; those merged
    /// share one revision. Each still succeeds, and is refused, on its own. As long as the comparisons of all
    /// hold, which is tried first, the servers' work is half of what it is where one does not.
    merged,
};

struct etcd_options {
    /// `http://host:port` or `https://host:port`; the members of one cluster. The first that answers is used.
    std::vector<std::string> endpoints{};
    std::string user{}; ///< empty: no authentication
    std::string password{};
    /// Without a `user`, servers with `--client-cert-auth` take the one whom the certificate names (etcd 3.5,
    /// "Role-based access control").
    net::tls_files tls{};
    duration deadline = seconds(5);   ///< for every call, with all that it tries
    std::size_t max_connections = 64; ///< kept alive and shared by all threads; watches have their own
    etcd_batching batching = etcd_batching::pipelined;
    std::size_t max_txn_operations = 128; ///< the servers' `--max-txn-ops`
    std::int64_t page_size = 2'000; ///< longer ranges are read in pages of so many keys, at one revision
    std::size_t retained_events = 50'000; ///< how many events are kept for cursors that fall behind
    /// Watches are for keys with this prefix only: for users who may not read everything. See `basic_etcd`.
    std::string watch_root{};
};

} // namespace berth::store

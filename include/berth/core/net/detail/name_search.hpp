#pragma once

/// \file
/// The look-up of a name under a deadline.
///
/// The system's resolver cannot be told to stop. So a thread of its own asks it, and whoever waits in vain
/// goes on without: that thread ends when the resolver gives up (after some ten seconds, by `resolv.conf`),
/// and what it has found then is for nobody. An address in the place of a name needs no thread.

#include <berth/core/config.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace berth::net::detail {

using found_addresses = boost::asio::ip::tcp::resolver::results_type;

/// Answers the addresses of a host and a port, after a while. Called on any thread.
using address_finder = std::function<found_addresses(std::string const& host, std::string const& port,
                                                     boost::system::error_code& why_not)>;

/// As the system knows them: its files, its name servers.
[[nodiscard]] BERTH_DECL auto system_addresses(std::string const& host, std::string const& port,
                                               boost::system::error_code& why_not) -> found_addresses;

/// One search. It is used on the thread that runs its `io_context`, which must outlive it.
class name_search {
public:
    using teller = std::function<void(boost::system::error_code, found_addresses)>;

    explicit name_search(boost::asio::io_context& io, address_finder find = &system_addresses);
    name_search(name_search const&) = delete;
    auto operator=(name_search const&) -> name_search& = delete;
    /// Nobody is told any more.
    ~name_search();

    /// Searches. `tell` is called once, from the context: with addresses, `timed_out` after the deadline,
    /// `operation_aborted` after `cancel`, or what the finder says.
    auto start(std::string const& host, std::string const& port,
               std::chrono::steady_clock::time_point deadline, teller tell) -> void;
    /// Ends it at once.
    auto cancel() -> void;

private:
    struct errand;

    auto end(boost::system::error_code why_not, found_addresses found) -> void;
    auto forget() -> void;

    boost::asio::io_context* io_;
    address_finder find_;
    boost::asio::steady_timer limit_;
    teller tell_;
    std::shared_ptr<errand> errand_;
};

} // namespace berth::net::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/detail/name_search.ipp>
#endif

#pragma once

/// \file
/// The bodies of `berth/core/net/detail/name_search.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/detail/name_search.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

#include <charconv>
#include <cstdint>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace berth::net::detail {

/// What the thread shares with the search; it outlives whichever ends first.
struct name_search::errand {
    std::mutex mutex;
    name_search* of; ///< null: nobody waits any more. Changed on the context's thread only, under the mutex
};

/// What needs no search: an address, and the number of a port.
inline auto address_of(std::string const& host, std::string const& port)
    -> std::optional<boost::asio::ip::tcp::endpoint> {
    auto ec = boost::system::error_code();
    auto const address = boost::asio::ip::make_address(host, ec);
    auto number = std::uint16_t{0};
    auto const* const end = port.data() + port.size();
    auto const read = std::from_chars(port.data(), end, number);
    if (ec || port.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return boost::asio::ip::tcp::endpoint(address, number);
}

BERTH_DECL auto system_addresses(std::string const& host, std::string const& port,
                                 boost::system::error_code& why_not) -> found_addresses {
    auto io = boost::asio::io_context(1);
    return boost::asio::ip::tcp::resolver(io).resolve(host, port, why_not);
}

BERTH_DECL name_search::name_search(boost::asio::io_context& io, address_finder find)
    : io_(&io), find_(std::move(find)), limit_(io) {}

BERTH_DECL name_search::~name_search() { forget(); }

BERTH_DECL auto name_search::start(std::string const& host, std::string const& port,
                                   std::chrono::steady_clock::time_point deadline, teller tell) -> void {
    forget();
    tell_ = std::move(tell);
    errand_ = std::make_shared<errand>();
    errand_->of = this;
    auto const told = [e = errand_](boost::system::error_code why_not, found_addresses found) {
        if (e->of != nullptr) e->of->end(why_not, std::move(found));
    };
    if (auto const known = address_of(host, port)) {
        boost::asio::post(*io_,
                          [told, found = found_addresses::create(*known, host, port)] { told({}, found); });
        return;
    }
    limit_.expires_at(deadline);
    limit_.async_wait([told](boost::system::error_code cancelled) {
        if (!cancelled) told(boost::asio::error::timed_out, {});
    });
    try {
        std::thread([e = errand_, told, find = find_, host, port] {
            auto why_not = boost::system::error_code();
            auto found = find(host, port, why_not);
            auto const lock = std::scoped_lock(e->mutex);
            if (e->of == nullptr) return;
            boost::asio::post(*e->of->io_,
                              [told, why_not, found = std::move(found)] { told(why_not, found); });
        }).detach();
    } catch (std::system_error const&) { // there are too many threads
        boost::asio::post(*io_, [told] { told(boost::asio::error::no_memory, {}); });
    }
}

BERTH_DECL auto name_search::cancel() -> void {
    if (errand_ == nullptr) return;
    boost::asio::post(*io_, [e = errand_] {
        if (e->of != nullptr) e->of->end(boost::asio::error::operation_aborted, {});
    });
}

BERTH_DECL auto name_search::end(boost::system::error_code why_not, found_addresses found) -> void {
    forget();
    auto const tell = std::exchange(tell_, {}); // it may begin another search
    tell(why_not, std::move(found));
}

BERTH_DECL auto name_search::forget() -> void {
    limit_.cancel();
    auto const gone = std::exchange(errand_, nullptr);
    if (gone == nullptr) return;
    auto const lock = std::scoped_lock(gone->mutex);
    gone->of = nullptr;
}

} // namespace berth::net::detail

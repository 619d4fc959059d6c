#pragma once

/// \file
/// A bad line to an API: requests that do not arrive, answers that get lost, watches that break.

#include <berth/api/client.hpp>
#include <berth/core/random.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace things {

using namespace berth;

/// Models `api::client` over another, and fails one time in `one_in` (0: never), as a seed says. For one
/// thread.
template <api::client Client> class flaky {
public:
    class watch_type {
    public:
        watch_type(flaky& line, typename Client::watch_type w) : line_(&line), watch_(std::move(w)) {}
        auto next() -> result<std::optional<api::watch_event>> {
            if (line_->fails(20)) return lost();
            return watch_.next();
        }
        auto on_wake(waker w) -> void { watch_.on_wake(w); }

    private:
        flaky* line_;
        typename Client::watch_type watch_;
    };

    flaky(Client& client, std::uint64_t seed, std::uint64_t one_in)
        : client_(&client), draw_(seed), one_in_(one_in) {}

    /// From now on the line is good.
    auto repair() -> void { one_in_ = 0; }

    auto get(object::resource_name const& r, object::key const& k, api::get_options const& o) {
        return read([&] { return client_->get(r, k, o); });
    }
    auto list(object::resource_name const& r, api::list_options const& o) {
        return read([&] { return client_->list(r, o); });
    }
    auto watch(object::resource_name const& r, api::watch_options const& o) -> result<watch_type> {
        if (fails()) return lost();
        auto w = client_->watch(r, o);
        if (!w) return std::unexpected(w.error());
        return watch_type(*this, *std::move(w));
    }
    auto create(object::any_object const& x, api::create_options const& o) {
        return write([&] { return client_->create(x, o); });
    }
    auto update(object::any_object const& x, api::update_options const& o) {
        return write([&] { return client_->update(x, o); });
    }
    auto patch(object::resource_name const& r, object::key const& k, api::patch const& p,
               api::patch_options const& o) {
        return write([&] { return client_->patch(r, k, p, o); });
    }
    auto remove(object::resource_name const& r, object::key const& k, api::delete_options const& o) {
        return write([&] { return client_->remove(r, k, o); });
    }
    auto act(object::resource_name const& r, object::key const& k, std::string_view action,
             object::any_object const& x, api::create_options const& o) {
        return write([&] { return client_->act(r, k, action, x, o); });
    }
    auto changed() -> wake_signal& { return client_->changed(); }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        return api::one_by_one(*this, batch);
    }

private:
    auto fails(std::uint64_t seldom = 1) -> bool {
        return one_in_ != 0 && draw_.below(one_in_ * seldom) == 0;
    }
    static auto lost() -> std::unexpected<error> { return fail(error_code::unavailable, "the line is bad"); }

    template <class F> auto read(F f) -> decltype(f()) {
        if (fails()) return lost();
        return f();
    }
    /// Half of the failures come after the deed.
    template <class F> auto write(F f) -> decltype(f()) {
        auto const failing = fails();
        if (failing && draw_.below(2) == 0) return lost();
        auto done = f();
        if (failing) return fail(error_code::timeout, "no answer came");
        return done;
    }

    Client* client_;
    berth::random_engine draw_;
    std::uint64_t one_in_;
};

} // namespace things

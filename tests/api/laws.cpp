/// \file
/// The laws of clients hold for the server, for those who speak for somebody, for erased clients and at the
/// end of a bad line, and find out clients that are broken.

#include "kinds.hpp"

#include <berth/api/any_client.hpp>
#include <berth/api/laws.hpp>
#include <berth/sim/faulty_link.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <functional>
#include <memory>

using namespace yard;
namespace laws = berth::api::laws;

namespace {

auto const judge = [](laws::finding const& f) {
    INFO(f.law << ": " << f.detail);
    CHECK(f.holds);
};

/// Boats, whose seats are the content, in a world that `Wrap` makes a client for.
template <class Client> struct boats {
    struct world {
        std::unique_ptr<desk> inside;
        std::unique_ptr<Client> outside;
        auto client() -> Client& { return *outside; }
    };

    std::function<std::unique_ptr<Client>(api::server&)> wrap;

    auto make() const -> world {
        auto inside = std::make_unique<desk>();
        auto outside = wrap(inside->server);
        return {std::move(inside), std::move(outside)};
    }
    auto object(std::string name, int content) const -> object::any_object {
        return make_boat(std::move(name), "red", content);
    }
    auto content(object::any_object const& o) const -> int { return o.as<boat>().spec.seats; }
    auto patch(int content) const -> api::patch {
        return {api::patch_type::merge, R"({"spec":{"seats":)" + std::to_string(content) + "}}"};
    }
};

/// What can be wrong with a client.
enum class flaw { none, forgets_expected, ignores_dry_run, repeats_writes, drops_last_of_batch, stale_reads };

/// A client over a server with a flaw.
class broken_client : public api::single_writes<broken_client> {
public:
    using watch_type = api::watcher;

    broken_client(api::server& to, flaw f) : server_(&to), flaw_(f) {}

    auto get(object::resource_name const& r, object::key const& k, api::get_options const& o)
        -> result<object::object_ref> {
        auto now = server_->get(r, k, o);
        if (flaw_ != flaw::stale_reads || !now) return now;
        auto const old = std::exchange(last_, *now);
        return old ? result<object::object_ref>(old) : now;
    }
    auto list(object::resource_name const& r, api::list_options const& o) { return server_->list(r, o); }
    auto watch(object::resource_name const& r, api::watch_options const& o) { return server_->watch(r, o); }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        auto changed = std::vector<api::write>(batch.begin(), batch.end());
        for (auto& w : changed) std::visit([this](auto& r) { spoil(r.options); }, w);
        auto done = server_->commit(changed);
        if (flaw_ == flaw::repeats_writes) done = server_->commit(changed);
        if (flaw_ == flaw::drops_last_of_batch && done.size() > 1) done.pop_back();
        return done;
    }
    auto changed() -> wake_signal& { return server_->changed(); }

private:
    auto spoil(auto& options) const -> void {
        if (flaw_ == flaw::ignores_dry_run) options.dry_run = false;
        if constexpr (requires { options.expected; })
            if (flaw_ == flaw::forgets_expected) options.expected = 0;
    }

    api::server* server_;
    flaw flaw_;
    object::object_ref last_;
};

} // namespace

TEST_CASE("the laws of clients hold for a server") {
    struct by_reference : boats<api::server> {
        struct world {
            std::unique_ptr<desk> inside;
            auto client() -> api::server& { return inside->server; }
        };
        auto make() const -> world { return {std::make_unique<desk>()}; }
    };
    laws::all(by_reference{}, judge);
}

TEST_CASE("the laws of clients hold for somebody's client, and for an erased one") {
    laws::all(boats<api::local_client>{[](api::server& s) {
                  return std::make_unique<api::local_client>(s.as(api::node_identity("a")));
              }},
              judge);
    laws::all(boats<api::any_client>{[](api::server& s) { return std::make_unique<api::any_client>(s); }},
              judge);
}

TEST_CASE("the laws of clients hold at the end of a bad line, whatever it does") {
    using link = sim::faulty_link<api::server>;
    for (auto seed = std::uint64_t{1}; seed <= 20; ++seed) {
        INFO("seed " << seed);
        auto const faults = sim::link_faults{seed, 5, 5, 6, 4};
        laws::all(boats<link>{[&](api::server& s) { return std::make_unique<link>(s, faults); }}, judge);
    }
}

TEST_CASE("the laws find out clients that break them") {
    auto const findings = [](flaw f) {
        auto broken = 0;
        auto count = [&](laws::finding const& found) { broken += found.holds ? 0 : 1; };
        laws::all(boats<broken_client>{[f](api::server& s) { return std::make_unique<broken_client>(s, f); }},
                  count);
        return broken;
    };
    CHECK(findings(flaw::none) == 0);
    for (auto const f : {flaw::forgets_expected, flaw::ignores_dry_run, flaw::repeats_writes,
                         flaw::drops_last_of_batch, flaw::stale_reads}) {
        INFO("flaw " << static_cast<int>(f));
        CHECK(findings(f) > 0);
    }
}

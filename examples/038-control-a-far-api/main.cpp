/// \file
/// \brief Teach an API on the other side of a network a kind of your own, and control it from here: our
/// server, or any other whose URL you give.

#include "convoy.hpp"
#include "own_api.hpp"

#include <berth/api/http/remote.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/crd_of.hpp>
#include <berth/reconcile/manager.hpp>

#include <chrono>
#include <iostream>

auto main(int argc, char** argv) -> int {
    using namespace story;
    auto own = std::optional<own_api>();
    if (argc < 2) own.emplace();
    auto kinds = kube::registry();
    kinds.add(api::kind_of<convoy>{});
    auto api = api::http::remote::connect(kinds, {.url = argc < 2 ? own->url() : argv[1]});
    if (!api) return std::cerr << api.error().message << '\n', 1;

    auto const patiently = [](auto ask) { // until it succeeds, ten seconds at most
        auto answer = ask();
        for (auto tries = 0; tries < 200 && !answer; ++tries) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            answer = ask();
        }
        return answer;
    };
    auto const defined = api::create(*api, kube::crd_of<convoy>({.short_names = {"cv"}}));
    if (!defined && defined.error().code != error_code::already_exists)
        return std::cerr << defined.error().message << '\n', 1;
    auto const served = patiently([&] { return api::list<convoy>(*api); });
    if (!served) return std::cerr << served.error().message << '\n', 1;
    std::cout << "the API knows convoys\n";

    auto all = reconcile::manager(convoy_controller());
    auto const runs = std::jthread([&](std::stop_token stop) { all.run({.client = *api, .stop = stop}); });
    if (auto made = api::create(*api, convoy_of("atlantic", 3)); !made)
        return std::cerr << made.error().message << '\n', 1;
    auto const sails = [&](std::int32_t ships) {
        return patiently([&]() -> std::optional<std::size_t> {
            auto const c = api::get<convoy>(*api, {"default", "atlantic"});
            if (!c || (*c)->status.ships != ships) return std::nullopt;
            return api::list<kube::config_map>(*api, in_convoy("atlantic")).value().size();
        });
    };
    std::cout << "three ships are wanted: " << sails(3).value_or(0) << " sail\n";
    auto const more = api::patch{api::patch_type::merge, R"({"spec":{"ships":5}})"};
    if (!api::patch_object(*api, convoy::resource, {"default", "atlantic"}, more)) return 1;
    std::cout << "five are wanted: " << sails(5).value_or(0) << " sail\n";

    if (!api::remove<convoy>(*api, {"default", "atlantic"})) return 1;
    std::cout << "looked " << all.counters("convoy").reconciles << " times, wrote "
              << all.counters("convoy").steps << " times\n";
}

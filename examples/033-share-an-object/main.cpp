/// \file
/// Two managers own parts of one object of a type of ours: each applies what it wants, they meet at a field,
/// one insists, and what nobody states any more goes away.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <iostream>
#include <string>

using namespace berth;

struct menu {
    static constexpr object::resource_name resource{"galley", "v1", "Menu", "menus", "menu", true};

    object::meta metadata;
    std::int32_t seats = 0;
    object::string_map dishes; ///< each belongs to whoever put it on
    object::unknown_fields unknown;

    BERTH_DESCRIBE(menu, "galley.v1.Menu", (metadata), (seats), (dishes))
};

auto main() -> int {
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto kinds = api::registry();
    kinds.add(api::kind_of<menu>{});
    auto server = api::server(store, kinds, {.now = [&] { return clock.now(); }, .seed = 1, .admission = {}});

    auto const says = [&](std::string who, std::string const& what, bool insists = false) {
        auto options = api::patch_options();
        options.field_manager = who;
        options.force = insists;
        auto const text =
            R"({"apiVersion":"galley/v1","kind":"Menu","metadata":{"name":"noon"},)" + what + "}";
        auto const done = api::apply(server, menu::resource, {"deck", "noon"}, text, options);
        std::cout << who << " says " << what << '\n';
        if (!done) std::cout << "  no: " << done.error().message << '\n';
        auto const now = api::get<menu>(server, {"deck", "noon"}).value();
        std::cout << "  " << now->seats << " seats";
        for (auto const& [dish, price] : now->dishes) std::cout << ", " << dish << " for " << price;
        std::cout << '\n';
    };
    says("cook", R"("seats":8,"dishes":{"soup":"2","stew":"4"})");
    says("baker", R"("dishes":{"bread":"1","soup":"2"})");
    says("baker", R"("seats":10,"dishes":{"bread":"1","soup":"2"})");
    says("baker", R"("seats":10,"dishes":{"bread":"1","soup":"2"})", true);
    says("cook", R"("dishes":{"stew":"4"})"); // the soup stays: the baker has it on the menu too

    auto const noon = api::get<menu>(server, {"deck", "noon"}).value();
    std::cout << "\nwho owns what\n";
    for (auto const& e : noon->metadata.managed_fields)
        std::cout << "  " << e.manager << ": " << e.fields_v1.text() << '\n';
}

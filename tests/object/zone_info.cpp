/// \file
/// Time zones by name from a zone database on disk.

#include <berth/object/zone_info.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace berth;
using object::load_time_zone;

TEST_CASE("UTC needs no disk") {
    for (auto const* name : {"", "UTC"}) {
        auto const zone = load_time_zone(name, "/nowhere");
        REQUIRE(zone);
        CHECK(zone->to_wall(1'782'900'000).hour == 10); // 2026-07-01T10:00:00Z
    }
}

TEST_CASE("names that lead out of the database are none") {
    using namespace std::string_view_literals;
    for (auto const name :
         {"/etc/passwd"sv, "../etc/passwd"sv, "Europe/../Paris"sv, "Europe\\Paris"sv, "UTC\0x"sv}) {
        CAPTURE(name);
        auto const zone = load_time_zone(name);
        REQUIRE_FALSE(zone);
        CHECK(zone.error().code == error_code::bad_request);
        CHECK(zone.error().message == "time: invalid location name");
    }
}

TEST_CASE("a zone that is not there is told by its name, one that is broken is another error") {
    auto folder = (std::filesystem::temp_directory_path() / "berth-zones-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    std::filesystem::create_directory(folder + "/Mars");
    std::ofstream(folder + "/Broken") << "no zone";
    std::ofstream(folder + "/Empty") << "";
    for (auto const* name : {"Mars", "Mars/Base", "utc"}) { // a folder is no zone
        CAPTURE(name);
        CHECK(load_time_zone(name, folder).error().code == error_code::not_found);
        CHECK(load_time_zone(name, folder).error().message == "unknown time zone " + std::string(name));
    }
    for (auto const* name : {"Broken", "Empty"})
        CHECK(load_time_zone(name, folder).error().code == error_code::bad_request);
    std::filesystem::remove_all(folder);
    CHECK(load_time_zone("Broken", folder).error().code == error_code::not_found);
}

TEST_CASE("zones of the system are read, and reach beyond their last transition") {
    if (!std::filesystem::exists(std::string(object::usual_zone_folder) + "/Europe/Paris")) return;
    auto const zone = load_time_zone("Europe/Paris");
    REQUIRE(zone);
    CHECK(zone->to_wall(1'782'900'000).hour == 12); // 2026-07-01T10:00:00Z
    CHECK(zone->to_wall(3'802'586'400).hour == 12); // 2090-07-01T10:00:00Z
}

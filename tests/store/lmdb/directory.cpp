/// \file
/// A directory that one store has.

#include "../folder.hpp"

#include <berth/store/lmdb/directory.hpp>

#include <catch2/catch_test_macros.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace berth;
using store::detail::store_directory;

TEST_CASE("a directory is made, and belongs to one store as long as that lives") {
    auto const below = tests::folder();
    auto const path = below / "store";
    {
        auto const mine = store_directory::open(path);
        REQUIRE(mine);
        CHECK(mine->path() == path);
        CHECK(mine->data_bytes() == 0);
        CHECK_FALSE(mine->has_data());
        CHECK(mine->sync());
        auto const second = store_directory::open(path);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == error_code::unavailable);
        CHECK(second.error().message ==
              "store: " + path + ": it is in use by process " + std::to_string(::getpid()));
    }
    CHECK(store_directory::open(path));
}

TEST_CASE("a data file gets its name when it is whole, and what is not whole goes") {
    auto const below = tests::folder();
    auto const here = store_directory::open(below / "store");
    REQUIRE(here);
    std::filesystem::create_directory(here->unfinished());
    std::ofstream(here->unfinished() + "/data.mdb") << "12345";
    CHECK_FALSE(here->has_data());
    REQUIRE(here->adopt_unfinished());
    CHECK(here->data_bytes() == 5);
    CHECK_FALSE(std::filesystem::exists(here->unfinished()));
    CHECK(here->adopt_unfinished().error().code == error_code::unavailable);
    std::filesystem::create_directory(here->unfinished());
    std::ofstream(here->unfinished() + "/data.mdb") << "half";
    here->discard_unfinished();
    CHECK_FALSE(std::filesystem::exists(here->unfinished()));
    CHECK(here->data_bytes() == 5);
}

TEST_CASE("a place where no directory can be is refused with its name") {
    CHECK(store_directory::open("").error().code == error_code::bad_request);
    auto const nowhere = store_directory::open("/no/such/place/store");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().message.starts_with("store: /no/such/place/store: it cannot be made: "));
    CHECK(store::detail::sync_file("/no/such/file").error().code == error_code::unavailable);
}

#include <berth/bench/disk_folder.hpp>

#include <catch2/catch_all.hpp>

namespace {

TEST_CASE("a folder is there as long as its owner, whatever is in it") {
    auto path = std::string();
    {
        auto const home = berth::bench::disk_folder();
        path = home.path();
        CHECK(std::filesystem::create_directory(path + "/below"));
        CHECK(berth::bench::disk_folder().path() != path);
    }
    CHECK(!std::filesystem::exists(path));
}

} // namespace

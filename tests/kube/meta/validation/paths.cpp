/// \file
/// Paths of files: what is refused.

#include "../../complaints.hpp"

#include <berth/kube/meta/validation/paths.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a step back is a part of a path, not two points anywhere") {
    using kube::detail::has_backstep;
    for (auto const* const path : {"..", "a/..", "../a", "a/../b"}) CHECK(has_backstep(path));
    for (auto const* const path : {"", ".", "a..b", "..a", "a/b.."}) CHECK_FALSE(has_backstep(path));
}

TEST_CASE("a path below a directory is relative, and does not begin with two points") {
    auto const told = [](std::string_view path) {
        return said_by([&](auto& errors) {
            kube::detail::validate_unreserved_path(path, api::field_path("p"), errors);
        });
    };
    CHECK(told("a/b").empty());
    CHECK(told("/a") == lines{"p: Invalid value: \"/a\": must be a relative path"});
    CHECK(told("..data") == lines{"p: Invalid value: \"..data\": must not start with '..'"});
    CHECK(told("../a") == lines{"p: Invalid value: \"../a\": must not contain '..'"});
}

TEST_CASE("the mode of a file has nine bits") {
    auto const told = [](std::optional<std::int32_t> mode) {
        return said_by(
            [&](auto& errors) { kube::detail::validate_file_mode(mode, api::field_path("m"), errors); });
    };
    CHECK(told(std::nullopt).empty());
    CHECK(told(0777).empty());
    CHECK(told(-1).size() == 1);
    CHECK(told(01000) == lines{"m: Invalid value: 512: must be a number between 0 and 0777 (octal), both "
                               "inclusive"});
}

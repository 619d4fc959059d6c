/// \file
/// Sets of indexes as text.

#include <berth/kube/batch/job/indexes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto count(std::string_view text, std::int32_t completions = 10) -> std::int64_t {
    return kube::count_indexes(text, completions).value_or(-1);
}
auto problem(std::string_view text) -> std::string { return kube::count_indexes(text, 10).error().message; }

} // namespace

TEST_CASE("indexes are counted, one by one and in intervals") {
    CHECK(count("") == 0);
    CHECK(count("0") == 1);
    CHECK(count("1,3-5,7") == 5);
    CHECK(count("0-9") == 10);
}

TEST_CASE("indexes come in increasing order and below the number of completions") {
    CHECK(problem("3,2") == "non-increasing order, previous: 3, current: 2");
    CHECK(problem("1-3,3") == "non-increasing order, previous: 3, current: 3");
    CHECK(problem("5-5") == "non-increasing order, previous: 5, current: 5");
    CHECK(problem("10") == "too large index: \"10\"");
    CHECK(problem("1-12") == "too large index: \"12\"");
}

TEST_CASE("what is no set of indexes is told as it stands") {
    CHECK(problem("a") == "cannot convert string to integer for index: \"a\"");
    CHECK(problem("1,") == "cannot convert string to integer for index: \"\"");
    CHECK(problem("-1") == "cannot convert string to integer for index: \"\"");
    CHECK(problem("1-2-3") ==
          "the fragment \"1-2-3\" violates the requirement that an index interval can have "
          "at most two parts separated by '-'");
}

TEST_CASE("the first common index of two sets is found") {
    CHECK(kube::common_index("0-3,8", "4-7,8", 10) == 8);
    CHECK(kube::common_index("0-3", "2,3", 10) == 2);
    CHECK_FALSE(kube::common_index("0,2,4", "1,3,5", 10).has_value());
    CHECK_FALSE(kube::common_index("", "1", 10).has_value());
}

TEST_CASE("intervals that cannot be read are in no set") {
    CHECK(kube::common_index("x,1", "1", 10) == 1);
    CHECK_FALSE(kube::common_index("99", "99", 10).has_value());
}

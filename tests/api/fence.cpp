/// \file
/// Leaderships as texts.

#include <berth/api/fence.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using api::fence;

TEST_CASE("a leadership is a text and comes back from it") {
    auto const f = fence{{"kube-system", "kube-scheduler"}, "host-1/with/slashes", 3};
    CHECK(to_string(f) == "kube-system/kube-scheduler/3/host-1/with/slashes");
    CHECK(api::parse_fence(to_string(f)) == f);
}

TEST_CASE("what is no leadership is refused with an example") {
    for (auto const* text :
         {"", "a", "a/b", "a/b/3", "a/b/3/", "/b/3/c", "a//3/c", "a/b/x/c", "a/b/-1/c", "a/b/3x/c"}) {
        INFO(text);
        auto const read = api::parse_fence(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == error_code::bad_request);
        CHECK(read.error().message.find("kube-system/kube-scheduler/3/host-1") != std::string::npos);
    }
}

TEST_CASE("a leadership that is over is told from other conflicts") {
    auto const f = fence{{"ns", "l"}, "me", 1};
    auto const e = api::leadership_over(f, "you hold it, after 2 changes of hands").error();
    CHECK(e.message == "the leadership of ns/l under which me made this write is over: you hold it, after 2 "
                       "changes of hands; nothing was written");
    CHECK(api::is_leadership_over(e));
    CHECK_FALSE(api::is_leadership_over({error_code::conflict, "", {}}));
    CHECK_FALSE(api::is_leadership_over({error_code::not_found, "", e.details}));
}

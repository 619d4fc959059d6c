/// \file
/// Mistakes of programmers end the program with a sentence.

#include <berth/core/assert.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace {

/// What a process that calls `f` says to its standard error, and the signal that ends it (0: none).
template <class F> auto words_of(F f, int& signal) -> std::string {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    auto const child = ::fork();
    if (child == 0) {
        ::signal(SIGABRT, SIG_DFL);
        ::dup2(ends[1], STDERR_FILENO);
        f();
        ::_exit(0);
    }
    ::close(ends[1]);
    auto out = std::string();
    char text[256];
    for (auto n = ::read(ends[0], text, sizeof text); n > 0; n = ::read(ends[0], text, sizeof text))
        out.append(text, static_cast<std::size_t>(n));
    ::close(ends[0]);
    auto status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return out;
}

} // namespace

TEST_CASE("an assertion that does not hold says where it is and why it matters, and ends the program") {
    auto signal = 0;
    auto const said = words_of([] { BERTH_ASSERT(1 > 2, "one is more than two"); }, signal);
    CHECK(signal == SIGABRT);
    CHECK(said.find("core/assert.cpp:") != std::string::npos);
    CHECK(said.ends_with(": one is more than two\n"));
    auto const more = words_of([] { BERTH_ASSERT_ABOUT(false, "no kind is called ", "boat"); }, signal);
    CHECK(signal == SIGABRT);
    CHECK(more.ends_with(": no kind is called boat\n"));
}

TEST_CASE("an assertion that holds says nothing, and asks once") {
    auto asked = 0;
    auto signal = -1;
    CHECK(words_of([] { BERTH_ASSERT(true, "never"); }, signal).empty());
    CHECK(signal == 0);
    BERTH_ASSERT(++asked == 1, "asked once");
    CHECK(asked == 1);
}

/// \file
/// Processes that work with a durable store are killed at random moments: what was acknowledged to them is
/// there when the store is opened again, nothing is there by half, and the revision never goes back.

#include "ledger.hpp"
#include "maker.hpp"

#include <berth/core/descriptor.hpp>
#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
using tests::folder;
using tests::ledger;

namespace {

constexpr std::size_t workers = 4;
constexpr auto small = store::lmdb_options{.map_bytes = std::size_t{64} << 10U}; ///< so that it has to grow

/// What a child tells of a step that the store answered. Small enough to be written at once.
struct acknowledgement {
    std::size_t worker = 0;
    store::revision_number revision = 0;
};

#if defined(__has_feature)
#define BERTH_TEST_SLOW (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BERTH_TEST_SLOW 1
#else
#define BERTH_TEST_SLOW 0
#endif

/// How many processes are killed: BERTH_KILLS, or 1,000, or fewer where a process costs ten times as much.
auto number_of_kills() -> int {
    auto const* const wish = std::getenv("BERTH_KILLS"); // NOLINT(concurrency-mt-unsafe)
    if (wish != nullptr) return std::atoi(wish);         // NOLINT(cert-err34-c)
    return BERTH_TEST_SLOW != 0 ? 150 : 1'000;
}

[[noreturn]] auto give_up(std::string const& why) -> void {
    std::fputs(("the child: " + why + "\n").c_str(), stderr);
    ::_exit(3);
}

/// The child: opens the store and lets all workers go on for ever.
[[noreturn]] auto work(std::string const& path, ledger& book, int pipe) -> void {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto s = store::lmdb::open(path, small);
    if (!s) give_up(s.error().message);
    auto threads = std::vector<std::jthread>{};
    for (std::size_t i = 0; i < workers; ++i) {
        threads.emplace_back([&, i] {
            auto& me = book.workers()[i];
            while (true) {
                auto const todo = me.next();
                auto const done = tests::perform(*s, todo);
                if (!done) give_up(done.error().message);
                me.learn(todo, todo.revisions.size(), *done);
                auto const told = acknowledgement{.worker = i, .revision = *done};
                if (::write(pipe, &told, sizeof told) != sizeof told) give_up("nobody listens");
            }
        });
    }
    threads.clear();
    ::_exit(4);
}

/// A process that works with a store until it is killed.
class victim {
public:
    victim(std::string const& path, ledger& book) {
        auto ends = std::array<int, 2>{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            work(path, book, ends[1]);
        }
        ::close(ends[1]);
        pipe_ = descriptor(ends[0]);
    }

    /// The next acknowledgement, in the order in which each worker got them; none when the process is dead.
    auto next() -> std::optional<acknowledgement> {
        auto out = acknowledgement{};
        auto const size = ::read(pipe_.get(), &out, sizeof out);
        return size == sizeof out ? std::optional{out} : std::nullopt;
    }
    auto kill() -> void { ::kill(process_, SIGKILL); }
    /// Whether it was killed, and did not end by itself.
    auto was_killed() -> bool {
        auto status = 0;
        ::waitpid(process_, &status, 0);
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }

private:
    pid_t process_ = -1;
    descriptor pipe_;
};

/// Notes an acknowledged step, which the worker draws here as it did there.
auto note(ledger& book, acknowledgement const& a) -> void {
    book.acknowledge(a.worker, book.workers()[a.worker].next(), a.revision);
}

/// Kills a process after some acknowledgements and some time, and notes what it was told.
auto kill_one(std::string const& path, ledger& book, berth::random_engine& draw) -> void {
    auto const told = draw.below(4) == 0 ? 0 : draw.below(120);
    auto const pause = std::chrono::microseconds(draw.below(told == 0 ? 6'000 : 1'500));
    auto child = victim{path, book};
    for (std::size_t i = 0; i < told; ++i) {
        auto const a = child.next();
        if (!a) break;
        note(book, *a);
    }
    std::this_thread::sleep_for(pause);
    child.kill();
    while (auto const a = child.next()) note(book, *a);
    REQUIRE(child.was_killed());
}

/// What a store that is opened again has of the last step of each worker, which may not have been begun.
auto settle(std::string const& path, ledger& book) -> std::string {
    auto s = store::lmdb::open(path, small);
    if (!s) return s.error().message;
    auto last = std::vector<std::optional<tests::step>>{};
    for (auto& w : book.workers()) last.emplace_back(w.next());
    return book.settle(*s, last);
}

} // namespace

TEST_CASE(
    "a killed process loses nothing that was acknowledged (etcd#14370), and the revision never goes back "
    "(etcd#17780)",
    "[store][crash][threads]") {
    auto const kills = number_of_kills();
    auto draw = berth::random_engine{7};
    auto killed = 0;
    for (auto life = std::uint64_t{1}; killed < kills; ++life) {
        auto const home = folder{};
        auto book = ledger{workers, life};
        for (auto rounds = 1 + draw.below(25); rounds > 0 && killed < kills; --rounds, ++killed) {
            INFO("directory " << life << ", kill " << killed);
            kill_one(home / "store", book, draw);
            auto const wrong = settle(home / "store", book);
            REQUIRE(wrong == "");
        }
    }
}

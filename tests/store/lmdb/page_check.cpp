/// \file
/// A file that is damaged, wherever and however, is refused in words or read as it was written; it never ends
/// the process.

#include "maker.hpp"

#include <berth/core/random.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

using namespace berth;
using tests::folder;
namespace laws = berth::store::laws;

namespace {

constexpr std::size_t page = 4'096;

auto content_of(std::string const& path) -> std::string {
    auto in = std::ifstream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// All that can be read of a store, as a text.
auto text_of(store::lmdb const& s) -> std::string {
    auto out = std::to_string(s.revision()) + " " + std::to_string(s.compacted()) + "\n";
    auto const add = [&](store::key_value<std::string> const& kv) {
        for (auto const n : {kv.mod_revision(), kv.create_revision(), kv.version(), kv.lease()})
            out += std::to_string(n) + " ";
        out += std::string{kv.key()} + "=" + kv.value() + "\n";
    };
    auto const least = std::max<store::revision_number>(s.compacted(), 1);
    for (auto const at : {least, (least + s.revision()) / 2, s.revision()}) {
        auto const found = s.range(laws::everything(at)).value();
        for (auto const& kv : found.kvs) add(kv);
    }
    auto c = s.watch(laws::watch_everything(least)).value();
    for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value()) {
        for (auto const& e : seen) add(e.kv);
    }
    auto const ids = s.leases().value();
    for (auto const id : ids)
        out += std::to_string(id) + " " + std::to_string(s.time_to_live(id)->granted_ttl) + "\n";
    return out;
}

/// A store with all that there can be: trees of several levels, large values, deletions, leases, free pages.
auto make_sample(std::string const& path) -> void {
    auto s = store::lmdb::open(path).value();
    for (auto id = store::lease_id{1}; id <= 300; ++id) REQUIRE(s.grant({.ttl = 100 + id, .id = id}));
    auto draw = berth::random_engine{5};
    for (auto i = 0; i < 900; ++i) {
        auto const key = "key" + std::to_string(draw.below(120));
        auto const size = draw.below(30) == 0 ? 3'000 + draw.below(20'000) : draw.below(300);
        auto const lease = static_cast<store::lease_id>(draw.below(3) == 0 ? 1 + draw.below(300) : 0);
        REQUIRE(
            s.put({.key = key, .value = std::string(size, static_cast<char>('a' + i % 26)), .lease = lease}));
        if (draw.below(10) == 0) REQUIRE(s.erase({.key = "key" + std::to_string(draw.below(120))}));
        if (i == 600) REQUIRE(s.compact(s.revision() - 50));
    }
}

auto write_at(std::string& file, std::size_t at, std::string_view bytes) -> void {
    if (at < file.size()) file.replace(at, std::min(bytes.size(), file.size() - at), bytes);
}

/// A number that is likely to do harm.
auto harmful(berth::random_engine& draw, std::size_t pages) -> std::uint64_t {
    switch (draw.below(5)) {
    case 0: return 0;
    case 1: return ~std::uint64_t{0};
    case 2: return draw.below(pages + 2);
    case 3: return std::uint64_t{1} << draw.below(64);
    default: return draw();
    }
}

/// Somewhere in a file: anywhere, in the head of a page, or in one of the first two pages.
auto somewhere(berth::random_engine& draw, std::size_t size) -> std::size_t {
    auto const where = draw.below(4);
    if (where == 0) return draw.below(2) * page + draw.below(160);
    if (where < 3) return draw.below(size / page) * page + draw.below(64);
    return draw.below(size);
}

/// Damages a file in a way that follows from the seed.
auto damage(std::string& file, std::uint64_t seed) -> void {
    auto draw = berth::random_engine{seed};
    auto const pages = file.size() / page;
    auto const at = somewhere(draw, file.size());
    auto const whole = draw.below(pages) * page;
    switch (draw.below(12)) {
    case 0: file.resize(draw.below(file.size())); break;
    case 1: file.resize(draw.below(pages) * page); break;
    case 2: write_at(file, whole, std::string(page, '\0')); break;
    case 3: write_at(file, whole, file.substr(draw.below(pages) * page, page)); break;
    case 4: write_at(file, whole + 8, file.substr(draw.below(pages) * page + 8, page - 8)); break;
    case 5: // some numbers
        for (auto size = std::size_t{2}; size <= 8; size *= 2) {
            auto const value = harmful(draw, pages);
            auto bytes = std::string(8, '\0');
            std::memcpy(bytes.data(), &value, sizeof value);
            if (draw.below(2) == 0) write_at(file, at / size * size, bytes.substr(0, size));
        }
        break;
    case 6:
        for (std::size_t i = 0; i < 8; ++i) write_at(file, at + i, std::string(1, static_cast<char>(draw())));
        break;
    default: file[at] = static_cast<char>(file[at] ^ (1 << draw.below(8)));
    }
}

/// What children tell their parent, in memory that both have.
struct news {
    std::uint64_t seed = 0; ///< the damage that is looked at
    int refused = 0;
    int unharmed = 0;
    char complaint[256] = {};
};

auto complain(news& n, std::string const& what) -> void {
    if (n.complaint[0] == '\0') what.copy(n.complaint, sizeof n.complaint - 1);
}

/// Opens a damaged file. If that works it must be what it was, and remain usable.
auto look_at(std::string const& path, std::string const& before, news& n) -> void {
    auto s = store::lmdb::open(path);
    if (!s) {
        ++n.refused;
        if (s.error().message.find("store: " + path) != 0) complain(n, s.error().message);
        return;
    }
    ++n.unharmed;
    if (text_of(*s) != before) complain(n, "it is another store");
    auto const put = store::put(*s, "new", std::string(9'000, 'n'));
    if (!put) complain(n, put.error().message);
    auto const compacted = s->compact(s->revision());
    if (!compacted) complain(n, compacted.error().message);
    auto const after = text_of(*s);
    s = fail(error_code::internal, "closed");
    s = store::lmdb::open(path);
    if (!s) complain(n, "afterwards: " + s.error().message);
    else if (text_of(*s) != after) complain(n, "afterwards it is another store");
}

/// A child looks at some damages, one after the other.
[[noreturn]] auto look(std::string const& sound, std::string const& before, std::uint64_t end, news& n)
    -> void {
    for (; n.seed < end && n.complaint[0] == '\0'; ++n.seed) {
        ::alarm(60);
        auto const home = folder{};
        auto file = sound;
        damage(file, n.seed);
        std::ofstream(home / "data.mdb", std::ios::binary) << file;
        look_at(home.path(), before, n);
        if (n.complaint[0] != '\0') break;
    }
    std::_Exit(0);
}

} // namespace

TEST_CASE("a damaged file is refused or read as it was written, and never ends the process",
          "[store][crash]") {
    auto const home = folder{};
    make_sample(home / "store");
    auto const sound = content_of(home / "store/data.mdb");
    auto before = std::string{};
    {
        auto const s = store::lmdb::open(home / "store").value();
        before = text_of(s);
    }
    auto* const shared =
        ::mmap(nullptr, sizeof(news), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(shared != MAP_FAILED);
    auto& n = *new (shared) news{};
    while (n.seed < 2'000) {
        auto const child = ::fork();
        if (child == 0) look(sound, before, n.seed + 250, n);
        auto status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        INFO("damage " << n.seed << ": " << n.complaint);
        REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
        REQUIRE(n.complaint[0] == '\0');
    }
    CHECK(n.refused > 1'000);
    CHECK(n.unharmed > 100);
    ::munmap(shared, sizeof(news));
}

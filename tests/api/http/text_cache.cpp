#include "harbour.hpp"

#include <berth/api/encoding.hpp>
#include <berth/api/http/text_cache.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace http = berth::api::http;
using namespace harbour;

namespace {

auto crew_ref(std::string const& name, object::revision rev, std::size_t size = 1) -> object::object_ref {
    auto c = crew{};
    c.metadata.name = name;
    c.data["a"] = std::string(size, 'x');
    return {object::any_object(std::move(c)), rev};
}

} // namespace

TEST_CASE("an object is encoded once per revision") {
    auto texts = http::text_cache();
    auto const ref = crew_ref("x", 7);
    auto const text = texts.text(ref);
    CHECK(*text == api::encode(ref));
    CHECK(text->find(R"("resourceVersion":"7")") != std::string::npos);
    auto const copy = ref;
    CHECK(texts.text(copy) == text);
    auto const deleted = texts.text({ref.object, 9});
    CHECK(deleted != text);
    CHECK(*deleted == api::encode({ref.object, 9}));
    CHECK(texts.text({ref.object, 9}) == deleted);
    CHECK(texts.text(ref) == text);
    CHECK(texts.text(crew_ref("x", 7)) != text); // another object, though it says the same
}

TEST_CASE("a cache of texts holds so much and no more, the newest") {
    constexpr auto room = std::size_t{80'000};
    auto texts = http::text_cache(room);
    auto const last = crew_ref("last", 1, 1000);
    auto kept = std::shared_ptr<std::string const>();
    auto most = std::size_t{0};
    for (auto i = 0; i < 500; ++i) {
        kept = texts.text(crew_ref(std::to_string(i), 1, 1000));
        most = std::max(most, texts.bytes());
    }
    CHECK(kept->find("499") != std::string::npos);
    CHECK(most <= room);
    CHECK(most > room / 2);
    auto const text = texts.text(last);
    CHECK(texts.text(last) == text);
    auto const large = texts.text(crew_ref("large", 1, room)); // there is no room for it
    CHECK(large->size() > room);
    CHECK(texts.bytes() <= room);
}

TEST_CASE("an object whose text is kept is kept, and goes with it") {
    auto texts = std::make_unique<http::text_cache>();
    auto const before = std::weak_ptr<std::string const>(texts->text(crew_ref("x", 1)));
    CHECK_FALSE(before.expired());
    auto const held = before.lock();
    texts.reset();
    CHECK(held->find("\"x\"") != std::string::npos);
}

TEST_CASE("readers of several threads get one text") {
    auto texts = http::text_cache(40'000);
    auto refs = std::vector<object::object_ref>();
    for (auto i = 0; i < 50; ++i) refs.push_back(crew_ref(std::to_string(i), i + 1, 100));
    auto wrong = std::atomic<int>(0);
    auto threads = std::vector<std::jthread>();
    for (auto t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (auto round = 0; round < 20; ++round)
                for (auto const& ref : refs)
                    if (*texts.text(ref) != api::encode(ref)) ++wrong;
        });
    threads.clear();
    CHECK(wrong == 0);
    CHECK(texts.text(refs.back()) == texts.text(refs.back()));
}

/// \file
/// Requests and replies as values: which keys are meant, and when two replies are the same.

#include <berth/store/types.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace berth::store;
using reply = operation_reply<std::string>;
using done = txn_reply<std::string>;

TEST_CASE("requests and conditions mean one key, unless they say where a range ends", "[store]") {
    for (auto const& keys : {range_request{.key = "b"}.keys(), erase_request{.key = "b"}.keys(),
                             compare<std::string>{.key = "b"}.keys()})
        CHECK(keys.is_single());
    auto const range = range_request{.key = "b", .range_end = "d"};
    auto const removal = erase_request{.key = "b", .range_end = "d"};
    auto const condition = compare<std::string>{.key = "b", .range_end = "d"};
    for (auto const& keys : {range.keys(), removal.keys(), condition.keys()}) {
        CHECK(keys.contains("c"));
        CHECK_FALSE(keys.contains("d"));
    }
}

TEST_CASE("an operation is the request it was made from, by its place among the replies", "[store]") {
    auto const kind_of = [](operation<std::string> const& o) { return o.request.index(); };
    CHECK(kind_of(range_request{.key = "a"}) == reply{range_reply<std::string>{}}.reply.index());
    CHECK(kind_of(put_request<std::string>{.key = "a"}) == reply{put_reply<std::string>{}}.reply.index());
    CHECK(kind_of(erase_request{.key = "a"}) == reply{erase_reply<std::string>{}}.reply.index());
    CHECK(kind_of(txn<std::string>{}) == reply{done{}}.reply.index());
    CHECK(reply{put_reply<std::string>{.revision = 7}}.put().revision == 7);
    CHECK(reply{erase_reply<std::string>{.deleted = 2}}.erase().deleted == 2);
    CHECK(reply{range_reply<std::string>{.count = 3}}.range().count == 3);
    CHECK_THROWS(reply{put_reply<std::string>{}}.range());
}

TEST_CASE("replies of transactions are equal if all is, down to the innermost", "[store]") {
    auto const deep = [](std::int64_t deleted) {
        auto const inner =
            done{.succeeded = true, .revision = 2, .replies = {{erase_reply<std::string>{deleted}}}};
        return done{.succeeded = true, .revision = 2, .replies = {{inner}}};
    };
    CHECK(deep(1) == deep(1));
    CHECK_FALSE(deep(1) == deep(2));
    auto other = deep(1);
    other.revision = 3;
    CHECK_FALSE(deep(1) == other);
    other = deep(1);
    other.succeeded = false;
    CHECK_FALSE(deep(1) == other);
    other = deep(1);
    other.replies.push_back({put_reply<std::string>{}});
    CHECK_FALSE(deep(1) == other);
    CHECK(deep(1).replies[0].nested().replies[0].erase().deleted == 1);
}

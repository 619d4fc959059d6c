/// \file
/// What etcd's refusals mean, and what may be done about them.

#include <berth/store/etcd/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace berth::store::detail;
using enum error_code;

TEST_CASE("what etcd lost sight of may have been done") {
    for (auto const* words :
         {"etcdserver: request timed out", "etcdserver: leader changed", "etcdserver: server stopped"}) {
        CHECK(meaning_of(14, words).why.code == timeout);
        CHECK(meaning_of(14, words).then == remedy::unknown);
    }
}

TEST_CASE("what was not done may be tried elsewhere, or with a new token") {
    CHECK(meaning_of(14, "etcdserver: no leader").then == remedy::elsewhere);
    CHECK(meaning_of(16, "etcdserver: invalid auth token").then == remedy::authenticate);
    CHECK(meaning_of(3, "etcdserver: revision of auth store is old").then == remedy::authenticate);
    CHECK(meaning_of(3, "etcdserver: authentication failed, invalid user ID or password").then ==
          remedy::none);
}

TEST_CASE("words count for more than codes, and codes where there are none") {
    CHECK(meaning_of(11, "etcdserver: mvcc: required revision has been compacted").why.code == expired);
    CHECK(meaning_of(11, "etcdserver: out of range").why.code == bad_request);
    CHECK(meaning_of(8, "").why.code == too_many_requests);
    CHECK(meaning_of(8, "etcdserver: mvcc: database space exceeded").why.code == unavailable);
    CHECK(meaning_of(99, "new").why.code == internal);
}

TEST_CASE("a refusal is read from the body of a call, of a stream, and of an old gateway") {
    auto const r = refusal_of(400, R"({"code":5,"message":"etcdserver: requested lease not found"})");
    CHECK(r.why.code == not_found);
    CHECK(refusal_of(400, R"({"error":"etcdserver: key is not provided","code":3})").why.message ==
          "etcdserver: key is not provided");
    auto const stream = read_json(R"({"error":{"grpc_code":14,"message":"etcdserver: no leader"}})",
                                  "a watch", [](json_fields const& f) {
                                      auto out = refusal();
                                      f.inside("error", [&](json_fields const& e) { out = read_refusal(e); });
                                      return out;
                                  });
    REQUIRE(stream);
    CHECK(stream->then == remedy::elsewhere);
}

TEST_CASE(
    "an answer that is none of etcd's is told in part, and leaves open what was done if the server failed") {
    auto const failed = refusal_of(502, std::string(1'000, 'x'));
    CHECK(failed.why.code == timeout);
    CHECK(failed.then == remedy::unknown);
    CHECK(failed.why.message.size() < 300);
    CHECK(refusal_of(404, "<html>").why.code == internal);
    CHECK(refusal_of(404, "<html>").then == remedy::none);
}

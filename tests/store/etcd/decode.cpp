/// \file
/// What the decoders make of etcd's answers: good, bad, and mangled ones.

#include "../../fuzz/corpus.hpp"
#include "../../fuzz/etcd_response.hpp"

#include <berth/core/net/endpoint.hpp>
#include <berth/core/random.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/event_log.hpp>
#include <berth/store/etcd/event_source.hpp>
#include <berth/store/etcd/watch_message.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::detail;

namespace {

template <class T> auto complaint(result<T> const& r) -> std::string {
    return r ? std::string{"none"} : r.error().message;
}

} // namespace

TEST_CASE("no answer of etcd, however mangled, crashes a decoder", "[store][etcd]") {
    auto const texts = tests::corpus("etcd_response");
    REQUIRE(texts.size() > 20);
    auto draw = berth::random_engine{1};
    for (auto const& text : texts) {
        fuzz::decode_everything(text);
        for (auto i = 0; i < 200; ++i) {
            auto mangled = text;
            for (auto n = 1 + draw.below(3); n > 0 && !mangled.empty(); --n) {
                auto const at = draw.below(mangled.size());
                auto const& other = texts[draw.below(texts.size())];
                switch (draw.below(4)) {
                case 0: mangled.erase(at, 1 + draw.below(8)); break;
                case 1: mangled[at] = "\"{}[],:-09azA=\0\xff"[draw.below(17)]; break;
                case 2: mangled.resize(at); break;
                default: mangled.insert(at, other.substr(other.size() / 2, draw.below(30)));
                }
            }
            fuzz::decode_everything(mangled);
        }
    }
    SUCCEED();
}

TEST_CASE("a malformed answer is told with its place", "[store][etcd]") {
    CHECK(complaint(decode_range("{}")) == "none");
    CHECK(complaint(decode_range("[]")) == "etcd's answer to a range is malformed: it is no object");
    CHECK(complaint(decode_range(R"({"count":true})")).ends_with("count is no whole number"));
    CHECK(complaint(decode_range(R"({"count":"12x"})")).ends_with("count is no whole number of 64 bits"));
    CHECK(complaint(decode_range(R"({"count":"9223372036854775808"})")).ends_with("of 64 bits"));
    CHECK(complaint(decode_range(R"({"more":1})")).ends_with("more is neither true nor false"));
    CHECK(complaint(decode_range(R"({"kvs":{}})")).ends_with("kvs is no list"));
    CHECK(complaint(decode_range(R"({"kvs":[1]})")).ends_with("kvs is no object"));
    CHECK(complaint(decode_range(R"({"kvs":[{"key":"%"}]})")).ends_with("key is no base64"));
    CHECK(decode_range("x").error().code == error_code::internal);
    CHECK(decode_range(R"({"count":5,"header":{"revision":7}})")->revision == 7);
    auto const t = fuzz::sample_txn();
    CHECK(complaint(decode_txn("{}", t, store::text_codec{}))
              .ends_with("responses is shorter than what was asked"));
    auto const wrong = R"({"responses":[{"response_put":{}}]})";
    CHECK(complaint(decode_txn(wrong, t, store::text_codec{})).ends_with("response_range is missing"));
}

TEST_CASE("the revision of a nested transaction is the store's at its end", "[store][etcd]") {
    using put = store::put_request<std::string>;
    using txn = store::txn<std::string>;
    auto const nothing = txn{.when = {}, .then = {}, .otherwise = {}};
    auto const asked = txn{.when = {}, .then = {nothing, put{.key = "a"}, nothing}, .otherwise = {}};
    auto const text = R"({"header":{"revision":"5"},"succeeded":true,"responses":[{"response_txn":{}},
        {"response_put":{"header":{"revision":"5"}}},{"response_txn":{}}]})";
    auto const done = decode_txn(text, asked, store::text_codec{}).value();
    CHECK(done.changed);
    CHECK(done.reply.revision == 5);
    CHECK(done.reply.replies[0].nested().revision == 4);
    CHECK(done.reply.replies[2].nested().revision == 5);
}

TEST_CASE("refusals mean what store/errors.hpp says, whatever the status", "[store][etcd]") {
    auto const of = [](int code, std::string_view words) {
        auto const body =
            R"({"code":)" + std::to_string(code) + R"(,"message":")" + std::string{words} + R"("})";
        return refusal_of(400, body);
    };
    auto const expected = std::vector<std::pair<error, refusal>>{
        {store::errors::compacted().error(),
         of(11, "etcdserver: mvcc: required revision has been compacted")},
        {store::errors::future_revision().error(),
         of(11, "etcdserver: mvcc: required revision is a future revision")},
        {store::errors::empty_key().error(), of(3, "etcdserver: key is not provided")},
        {store::errors::key_not_found().error(), of(3, "etcdserver: key not found")},
        {store::errors::lease_not_found().error(), of(5, "etcdserver: requested lease not found")},
        {store::errors::lease_exists().error(), of(9, "etcdserver: lease already exists")},
        {store::errors::ttl_too_large().error(), of(11, "etcdserver: too large lease TTL")},
        {store::errors::too_many_operations().error(),
         of(3, "etcdserver: too many operations in txn request")},
        {store::errors::duplicate_key().error(), of(3, "etcdserver: duplicate key given in txn request")},
    };
    for (auto const& [wanted, got] : expected) {
        CHECK(got.why == wanted);
        CHECK(got.then == remedy::none);
    }
    CHECK(of(14, "etcdserver: no leader").then == remedy::elsewhere);
    for (auto const* lost : {"etcdserver: request timed out", "etcdserver: leader changed",
                             "etcdserver: request timed out, possibly due to previous leader failure"}) {
        CHECK(of(14, lost).then == remedy::unknown);
        CHECK(of(14, lost).why.code == error_code::timeout);
    }
    CHECK(of(16, "etcdserver: invalid auth token").then == remedy::authenticate);
    CHECK(of(8, "etcdserver: mvcc: database space exceeded").why.code == error_code::unavailable);
    CHECK(refusal_of(404, "Not Found\n").why.code == error_code::internal);
    CHECK(refusal_of(503, "busy").then == remedy::unknown);
}

TEST_CASE("an event whose value cannot be decoded is told of to those who want it", "[store][etcd]") {
    auto const text = R"({"result":{"header":{"revision":"6"},"events":[
        {"kv":{"key":"YQ==","mod_revision":"5","create_revision":"5","version":"1","value":"YmFk"}},
        {"kv":{"key":"Yg==","mod_revision":"6","create_revision":"6","version":"1","value":"b2s="}}]}})";
    auto message = decode_watch<std::string>(text, fuzz::wary_codec{}).value();
    REQUIRE(message.events.size() == 2);
    auto watched = store::range_signal();
    auto log = event_log<std::string>{10, watched};
    log.restart(4).notify();
    log.append(std::move(message.events), 6).notify();
    CHECK(log.pull(4, {.key = "b"}, 10)->events.size() == 1);
    auto const refused = log.pull(4, {.key = "a"}, 10);
    REQUIRE(!refused);
    CHECK(refused.error().message == "cannot decode a");
}

TEST_CASE("progress notifications are trusted from the versions on that mend them", "[store][etcd]") {
    for (auto const* old : {"3.4.23", "3.4.24", "3.5.0", "3.5.7", "3.3.27", "", "x"})
        CHECK(!trusts_progress(old));
    for (auto const* good : {"3.4.25", "3.5.8", "3.5.30", "3.6.0", "3.6.0-rc.1", "4.0.0"})
        CHECK(trusts_progress(good));
}

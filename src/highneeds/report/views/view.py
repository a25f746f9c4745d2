"""A table of the account that can be asked for by name. A function with @account_view is one; nothing else lists it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table

MakeView = Callable[[WorkspaceAccount], Table]
Sentences = Callable[[WorkspaceAccount], Sequence[str]]


class Group(StrEnum):
    """The headings under which a finance partner finds the tables, in their order."""

    ACCOUNT = "The account"
    PAYMENTS = "Payments and exposure"
    CAUSES = "Causes"
    DEMANDS = "Savings and new demands"
    BOOKS = "Caseload, commitments and ledger"


@dataclass(frozen=True)
class BooksTable:
    """A table of caseload, commitments and ledger together, and the remarks that belong beside it."""

    make: Callable[[MatchedBooks], Table]
    notes: Callable[[MatchedBooks], Sequence[Note]]


@dataclass(frozen=True)
class AccountView:
    """name       as the command line names it
    make       the table
    title      what a finance partner calls it; without one it has no page and no file of a run
    about      what it is
    group      the heading under which it stands
    place      where it stands under its heading
    sentences  what the table says, in sentences
    as_page    False for a table that is for programs: a person gets its file, and the same figures in words elsewhere
    register   the register that it rests on alone; without rows the table says so
    books      how it is made of the three books, and what is to be known of it; those may be invented
    """

    name: str
    make: MakeView
    title: str = ""
    about: str = ""
    group: Group = Group.ACCOUNT
    place: int = 0
    sentences: Sentences = lambda account: ()
    as_page: bool = True
    register: str = ""
    books: BooksTable | None = None

    def table(self, account: WorkspaceAccount) -> Table:
        if self.register and not account.rows(self.register):
            return absent(f"registers/{self.register}.csv", "is absent or has no rows", self.name)
        return self.make(account)


def account_view(
    name: str,
    title: str = "",
    about: str = "",
    group: Group = Group.ACCOUNT,
    place: int = 0,
    sentences: Sentences = lambda account: (),
    as_page: bool = True,
) -> Callable[[MakeView], AccountView]:
    """Make a function from account to table the view of that name."""
    return lambda make: AccountView(name, make, title, about, group, place, sentences, as_page)


def register_view(
    name: str, register: str, title: str, about: str, place: int
) -> Callable[[Callable[[Sequence[RegisterRow]], Table]], AccountView]:
    """Make a function from the rows of one register to a table the view of that name."""

    def defined(make: Callable[[Sequence[RegisterRow]], Table]) -> AccountView:
        def made(account: WorkspaceAccount) -> Table:
            return make(account.rows(register))

        return AccountView(name, made, title, about, Group.DEMANDS, place, register=register)

    return defined


def absent(file: str, reason: str, title: str) -> Table:
    """A table that says without which file it cannot be made."""
    return Table.of(("register", "reason"), [(file, reason)], title)

package org.mlxspring.sample.generator;

import java.util.List;

/**
 * What a ticket is about, with the queue that each desk has for it and the sentences people write about it. A sentence is
 * written as {@code subject | text}.
 */
enum Topic {
    NETWORK(
            "NET-1",
            "network",
            List.of(
                    "Wi-Fi drops | The Wi-Fi drops every few minutes since {when}.",
                    "No network | The network socket under the desk gives no connection.",
                    "Wireless gone | My {device} no longer sees the wireless network.",
                    "Internet very slow | Web pages take a minute to load since {when}.",
                    "No connection in the meeting room | In the meeting room there is no network signal.",
                    "Switch | The lights of the network switch are all off.",
                    "Shared drive not reachable | The network says it cannot reach the shared drive.",
                    "Cable connection fails | The network cable is plugged in but there is no internet."),
            List.of(
                    "Network socket | Please switch on a second network socket at my desk.",
                    "Guest Wi-Fi | I would like guest Wi-Fi for a visitor."),
            List.of(
                    "Wi-Fi question | Which Wi-Fi should I use for my own phone?",
                    "Network in the hall | How do I get on the network in the hall?")),
    REMOTE(
            "VPN-2",
            "remote access",
            List.of(
                    "VPN | The VPN does not connect from home.",
                    "VPN cuts off | Since {when} the VPN cuts off after ten minutes.",
                    "Cannot work from home | From home the tunnel to the office is refused.",
                    "VPN client | The VPN client hangs at connecting.",
                    "Remote desktop black | The remote desktop stays black after I sign in from home.",
                    "Home office | The VPN asks for a code and then says timeout.",
                    "Remote session lost | On the road my remote desktop session is lost again and again."),
            List.of(
                    "VPN wanted | Please set up VPN for me, I will work from home.",
                    "Remote desktop | I would like remote desktop to my office {device}."),
            List.of("VPN abroad | Can I use the VPN from abroad?", "VPN how | How do I start the VPN at home?")),
    COMPUTER(
            "DEV-1",
            "computer",
            List.of(
                    "{device} does not start | My {device} does not start since {when}.",
                    "Blue screen | The {device} shows a blue screen after a few minutes.",
                    "Battery | The battery of my {device} is empty after half an hour.",
                    "Keyboard | Some keys of the {device} do not react.",
                    "Screen flickers | The monitor flickers since {when}.",
                    "Fan very loud | The fan of the {device} is loud and it gets hot.",
                    "Docking station | The docking station no longer finds the monitor.",
                    "Freezes | The {device} freezes and only the power button helps."),
            List.of(
                    "Bigger disk | Please put a bigger disk into my {device}.",
                    "Memory | I would like more memory in my {device}."),
            List.of(
                    "Second monitor | How do I turn the picture on my second monitor?",
                    "Docking question | Which docking station fits my {device}?")),
    PRINTER(
            "PRN-3",
            "printing",
            List.of(
                    "Printer jam | The printer on the second floor jams on every page.",
                    "Print jobs hang | Print jobs stay in the queue since {when}.",
                    "Labels | The label printer prints empty labels.",
                    "Scanner | The scanner sends only grey pages.",
                    "Toner | The printer says toner low and prints pale.",
                    "Stripes | Every print has black stripes.",
                    "Printer offline | The printer shows as offline.",
                    "Copies | The copier takes no paper from tray 2."),
            List.of(
                    "Printer for us | Please connect me to the colour printer.",
                    "Scan to folder | I would like to scan to our own folder."),
            List.of(
                    "Print both sides | How do I print on both sides?",
                    "Staples | Where do I get staples for the copier?")),
    PHONE(
            "TEL-2",
            "phone",
            List.of(
                    "Desk phone dead | The desk phone has no dial tone.",
                    "Headset | In calls the headset crackles since {when}.",
                    "Calls drop | Calls drop after a minute.",
                    "Hotline | Callers on the hotline hear only silence.",
                    "Mobile | The company mobile finds no network operator.",
                    "Voicemail | The voicemail does not take messages.",
                    "Phone rings not | Incoming calls do not ring, I only see them as missed."),
            List.of(
                    "Number | Please move my phone number to the new desk.",
                    "Call group | I would like to join the call group of {person}."),
            List.of(
                    "Forward calls | How do I forward calls to my mobile?",
                    "Greeting | How do I record a new voicemail greeting?")),
    PASSWORD(
            "IAM-1",
            "login",
            List.of(
                    "Locked out | My account is locked since {when}.",
                    "Password | The new password is not accepted.",
                    "Sign-in fails | Sign-in says wrong user or password.",
                    "Code does not arrive | The code for the second factor does not arrive.",
                    "Password expired | The password has expired and I cannot set a new one.",
                    "Login loop | After the login I land on the login page again.",
                    "Authenticator | With the new mobile the authenticator app is empty."),
            List.of(
                    "Second factor | Please register a security key for my login.",
                    "User name | My name changed, please change my user name."),
            List.of(
                    "Password rules | How long must a password be?",
                    "Change password | Where do I change my password?")),
    ACCESS(
            "ROL-4",
            "permissions",
            List.of(),
            List.of(
                    "Folder access | Please give me access to the {team} folder.",
                    "Rights | {person} needs write rights on the shared drive.",
                    "New colleague | {person} is new in {team} and needs an account.",
                    "Read access | I would like read access to the reports of {team}.",
                    "Role in {orders} | Please give me the buyer role in {orders}.",
                    "Group | Please add {person} to the {team} group.",
                    "Permission | I need permission to open the contract archive."),
            List.of(
                    "Who approves | Who approves access to the {team} folder?",
                    "My rights | Where can I see which rights I have?",
                    "Leaver | How do I remove the rights of a colleague who left?")),
    EQUIPMENT(
            "BUY-8",
            "purchasing",
            List.of(),
            List.of(
                    "New {device} | I would like to order a new {device}.",
                    "Monitor order | Please buy a second monitor for {person}.",
                    "Headset order | We need to buy three headsets for {team}.",
                    "Licence | Please buy a licence of the drawing program for me.",
                    "Tablet | I would like a tablet for the stock count, please order one.",
                    "Chair | Please order a new office chair for {person}.",
                    "Order | Could you order a webcam for our room?"),
            List.of(
                    "Catalogue | Which {device} can I order?",
                    "Delivery | How long does the delivery of an ordered monitor take?",
                    "Price | What does a second monitor cost if we buy one?")),
    MAIL(
            "MSG-2",
            "mail",
            List.of(
                    "No mail | I receive no mail since {when}.",
                    "Mailbox full | The mailbox says it is full although I deleted a lot.",
                    "Mails stuck | My mails stay in the outbox.",
                    "Calendar | The calendar shows meetings twice.",
                    "Attachment | Attachments cannot be opened from the mail program.",
                    "Invitations | Meeting invitations do not arrive.",
                    "Mail search | The search in the mailbox finds nothing.",
                    "Bounce | Every mail to customers comes back with an error."),
            List.of(
                    "Shared mailbox | Please make a shared mailbox for {team}.",
                    "Mailing list | I would like a mailing list for the project."),
            List.of(
                    "Out of office | How do I set an out of office reply?",
                    "Signature | Where do I change my mail signature?")),
    ORDERS(
            "ERP-5",
            "orders",
            List.of(
                    "{orders} | In {orders} an order cannot be saved.",
                    "Goods receipt | Goods receipts are not posted in {orders}.",
                    "Stock wrong | {orders} shows a wrong stock since {when}.",
                    "Delivery notes | {orders} makes no delivery notes.",
                    "Order missing | Customer orders of {when} are missing in {orders}.",
                    "{orders} slow | Every click in {orders} takes a minute.",
                    "Price list | The price list in {orders} is empty.",
                    "Error in {orders} | {orders} closes with an error when I open an order."),
            List.of(
                    "New article | Please add an article group in {orders}.",
                    "Report | I would like a stock report in {orders} for each week."),
            List.of(
                    "Cancel order | How do I cancel an order in {orders}?",
                    "Export | How do I export the stock from {orders}?")),
    EXPENSES(
            "FIN-7",
            "accounting",
            List.of(
                    "Expenses | {expenses} does not take my receipts.",
                    "Travel costs | My travel costs are still not paid, {expenses} shows an error.",
                    "Invoice | An invoice cannot be approved in {expenses}.",
                    "Credit card | The card payments of {when} are missing in {expenses}.",
                    "Wrong VAT | {expenses} adds the wrong VAT to invoices.",
                    "Supplier not paid | A supplier was not paid although the invoice is approved.",
                    "Cost centre | The cost centre is not found when I book an invoice."),
            List.of(
                    "Company card | I would like a company credit card.",
                    "Cost centre new | Please open a cost centre for the project."),
            List.of(
                    "Kilometres | What do we pay for a kilometre by car?",
                    "Receipt lost | What do I do about a lost receipt?")),
    PERSONNEL(
            "HRS-3",
            "personnel",
            List.of(
                    "Payslip | My payslip of last month is missing.",
                    "Leave | {staff} shows the wrong number of leave days.",
                    "Time booking | {staff} does not save my hours.",
                    "Sick note | The sick note cannot be sent in {staff}.",
                    "Shift plan | The shift plan in {staff} is empty since {when}.",
                    "Wrong salary | The salary was too low, the overtime is missing.",
                    "Overtime | {staff} lost the overtime of {when}."),
            List.of(
                    "Parental leave | I would like to take parental leave.",
                    "Part time | Please change my contract to part time."),
            List.of(
                    "Carry over | Can I carry leave days over to next year?",
                    "Payslip where | Where do I find my payslip?")),
    BUILDING(
            "LOC-6",
            "building",
            List.of(
                    "Heating | The heating in the office is cold since {when}.",
                    "Water | Water drips from the ceiling.",
                    "Badge | The badge does not open the door.",
                    "Light | The light in the corridor is out.",
                    "Lift | The lift stands still on the third floor.",
                    "Toilet | The toilet on the ground floor is blocked.",
                    "Gate | The gate of the car park does not open.",
                    "Air | The air conditioning blows only hot air."),
            List.of("Key | Please give me a key for the archive room.", "Parking | I would like a parking space."),
            List.of("Room | How do I book the big meeting room?", "Recycling | Where do old batteries go?")),
    SECURITY(
            "SEC-9",
            "security",
            List.of(
                    "Strange mail | I clicked on a link in a strange mail and typed my password.",
                    "Lost {device} | My {device} was stolen on the train.",
                    "Virus | The virus scanner reports a trojan on my {device}.",
                    "Ransom note | A window says my files are encrypted and asks for money.",
                    "Lost mobile | I lost the company mobile {when}.",
                    "Odd login | I got a warning about a login from another country.",
                    "USB stick | I found a USB stick and plugged it in, now windows open by themselves.",
                    "Phishing | Somebody who says he is the director asks for gift cards by mail."),
            List.of(),
            List.of());

    private final String companyQueue;
    private final String plainQueue;
    private final List<String> incidents;
    private final List<String> requests;
    private final List<String> questions;

    Topic(
            String companyQueue,
            String plainQueue,
            List<String> incidents,
            List<String> requests,
            List<String> questions) {
        this.companyQueue = companyQueue;
        this.plainQueue = plainQueue;
        this.incidents = incidents;
        this.requests = requests;
        this.questions = questions;
    }

    String companyQueue() {
        return companyQueue;
    }

    String plainQueue() {
        return plainQueue;
    }

    /** The sentences of one kind; empty where people write no such tickets about this topic. */
    List<String> sentences(Situation.Kind kind) {
        return switch (kind) {
            case INCIDENT -> incidents;
            case REQUEST -> requests;
            case QUESTION -> questions;
        };
    }
}
